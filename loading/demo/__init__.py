"""The demonstration council: invented from beginning to end, the same on every machine."""

from loading.demo.council import write_demo as write_demo
