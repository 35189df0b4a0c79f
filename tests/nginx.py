"""nginx with the site of deploy/, as it stands there but for ports, name and certificate."""

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.servers import PROJECT, Unavailable, free_port, started
from tools.needs import nginx

SITE = PROJECT / "deploy" / "nginx-site.conf"
# Browsers know without asking anybody that such a name is this machine.
NAME, NAME_IN_THE_FILE = "childstat.localhost", "childstat.example.gov.uk"
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Served:
    """A site of nginx: its ports, the certificate that it shows, and its log."""

    port: int
    plain_port: int
    certificate: Path
    log: Path

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    def ask(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        """An answer by TLS, whose certificate is checked, read to its end."""
        connection = HTTPSConnection("127.0.0.1", self.port, context=self.trust, timeout=20)
        plain = create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sock = self.trust.wrap_socket(plain, server_hostname=NAME)
        return _answered(connection, path, method, {"Host": f"{NAME}:{self.port}", **headers})

    def ask_plainly(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        """An answer without TLS."""
        connection = HTTPConnection("127.0.0.1", self.plain_port, timeout=20)
        return _answered(connection, path, method, {"Host": NAME, **headers})

    def processes_that_answered(self, method: str, path: str) -> list[str]:
        """Where each request for a path went, in their order, as the site's log tells."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line.split()[-1] for line in lines if f'"{method} {path}"' in line]


@contextmanager
def site(
    folder: Path,
    processes: Sequence[int],
    port: int | None = None,
    changed_by: Callable[[str], str] = str,
) -> Iterator[Served]:
    """The site in front of two processes of this machine, by their ports."""
    program = nginx()
    if program is None:
        raise Unavailable("nginx is not installed: run 'make needs'")
    served = Served(port or free_port(), free_port(), folder / "tls.pem", folder / "site.log")
    make_certificate(served.certificate, folder / "key.pem")
    changed = changed_by(_site_for(served, folder, processes))
    (folder / "site.conf").write_text(changed, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
    command = [str(program), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors.log")]
    with started(command, lambda: _listens(served.port)) as awaited:
        awaited()
        yield served


def _site_for(served: Served, folder: Path, processes: Sequence[int]) -> str:
    """The very file, with what a council changes in it and what a test must: each is there."""
    text = SITE.read_text(encoding="utf-8")
    changes = {
        NAME_IN_THE_FILE: NAME,
        "/etc/childstat/tls/fullchain.pem": str(served.certificate),
        "/etc/childstat/tls/key.pem": str(folder / "key.pem"),
        "/var/log/nginx/childstat.log": str(served.log),
        "listen 443 ": f"listen 127.0.0.1:{served.port} ",
        "listen 80;": f"listen 127.0.0.1:{served.plain_port};",
        "127.0.0.1:8501 ": f"127.0.0.1:{processes[0]} ",
        "127.0.0.1:8502 ": f"127.0.0.1:{processes[1]} ",
    }
    for there, here in changes.items():
        assert there in text, there
        text = text.replace(there, here)
    return text


def _listens(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _answered(
    connection: HTTPConnection, path: str, method: str, headers: dict[str, str]
) -> HTTPResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    answer.read = lambda _amount=None: body  # type: ignore[assignment,method-assign]
    return answer


def make_certificate(file: Path, key_file: Path) -> None:
    """A certificate for the site's name that is good today, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    names = [x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    )
