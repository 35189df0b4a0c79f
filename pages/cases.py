"""Cases: which children the meeting looks at, drawn or chosen, and the key on paper."""
