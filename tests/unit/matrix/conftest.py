"""Scripted servers, plain and with certificates of the test's own authority."""

import datetime
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chatdesk.matrix.homeserver import Homeserver
from tests.unit.matrix.scripted import ScriptedServer

StartServer = Callable[..., Awaitable[ScriptedServer]]
Connect = Callable[..., Homeserver]
OWN = "@ann:example.org"


@pytest.fixture
async def start_server() -> AsyncIterator[StartServer]:
    """`await start_server(tls=...)`: a server for this test."""
    servers: list[ScriptedServer] = []

    async def start(tls: ssl.SSLContext | None = None) -> ScriptedServer:
        server = ScriptedServer()
        await server.start(tls)
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.stop()


@pytest.fixture
async def server(start_server: StartServer) -> ScriptedServer:
    return await start_server()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """`connect(url)`: a logged-in Homeserver."""
    opened: list[Homeserver] = []

    def make(url: str) -> Homeserver:
        opened.append(Homeserver(url, "secret-token", OWN))
        return opened[-1]

    yield make
    for homeserver in opened:
        await homeserver.close()


@pytest.fixture
def home(server: ScriptedServer, connect: Connect) -> Homeserver:
    return connect(server.url)


def _certificate(directory: Path) -> tuple[Path, Path]:
    """A self-signed certificate for localhost that is its own authority; paths of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = directory / "cert.pem", directory / "key.pem"
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert_file, key_file


@pytest.fixture
def untrusted_tls(tmp_path: Path) -> ssl.SSLContext:
    """For a server whose certificate nobody vouches for."""
    cert_file, key_file = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert_file, key_file)
    return context


@pytest.fixture
def tls(untrusted_tls: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """For a server this process trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    return untrusted_tls
