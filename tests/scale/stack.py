"""The grown server, started from the very files of packaging/homeserver, in one directory and on loopback.

Blocking; the programs end with the thread that started them, so start them on the main thread.
"""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

from chatdesk.localserver import SERVER_NAME, admin, config
from chatdesk.localserver.address import free_port
from tests.scale.processes import Program, StackError
from tests.servers.external import ExternalServer

PACKAGING = Path(__file__).parents[2] / "packaging" / "homeserver"
PG_BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
IS_ROOT = os.getuid() == 0
NGINX = """
daemon off; {user} worker_processes 1; pid {run}/nginx.pid; error_log stderr warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/f;
    uwsgi_temp_path {run}/u; scgi_temp_path {run}/s;
    include {etc}/nginx/matrix.conf;
    include {etc}/nginx/upstreams.{kind}.conf;
}}
"""


class Stack:
    """PostgreSQL, Redis, Synapse and nginx below `directory` (short, for sockets)."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.etc, self.data, self.run = (directory / name for name in ("etc", "data", "run"))
        self.logs = directory / "log"
        self.postgres_data, self.postgres_run = directory / "pg" / "data", directory / "pg"
        for made in (self.etc, self.data, self.run, self.logs, self.postgres_run):
            made.mkdir(parents=True)
        directory.chmod(0o711)
        self.https_port, self.admin_port = free_port(), free_port()
        self.worker_ports = {name: free_port() for name in ("sync", "reader", "streams", "media")}
        self.secret = secrets.token_hex(32)
        self.workers = sorted(path.stem for path in (PACKAGING / "synapse" / "workers").glob("*.yaml"))
        self.programs: dict[str, Program] = {}
        self.kind = "one"

    @property
    def https(self) -> ExternalServer:
        return ExternalServer(f"https://localhost:{self.https_port}", self.admin_url, self.secret)

    @property
    def admin_url(self) -> str:
        return f"http://127.0.0.1:{self.admin_port}"

    @property
    def main_socket(self) -> Path:
        return self.run / "main.sock"

    @property
    def nginx_socket(self) -> Path:
        return self.run / "nginx.sock"

    @property
    def trust(self) -> dict[str, str]:
        """The environment in which clients trust the certificate made here."""
        return {"SSL_CERT_FILE": str(self.etc / "ca.pem")}

    def render(self) -> None:
        """An administrator's work: the settings, the certificate, the templates, the secrets."""
        values = {
            "SERVER_NAME": SERVER_NAME,
            "PUBLIC_HOST": "localhost",
            "HTTPS_PORT": self.https_port,
            "TLS_CERTIFICATE": self.etc / "server.pem",
            "TLS_KEY": self.etc / "server.key",
            "SYNAPSE_PYTHON": sys.executable,
            "CONFIG_DIR": self.etc / "synapse",
            "DATA_DIR": self.data,
            "RUN_DIR": self.run,
            "DB_HOST": self.postgres_run,
            "DB_PORT": 5432,
            "DB_USER": "matrix-synapse",
            "DB_NAME": "synapse",
            "DB_POOL": 10,
            "REDIS_SOCKET": self.run / "redis.sock",
            "ADMIN_PORT": self.admin_port,
            "NGINX_SOCKET": self.nginx_socket,
            **{f"{name.upper()}_PORT": port for name, port in self.worker_ports.items()},
        }
        settings = self.etc / "settings.env"
        settings.write_text("".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")
        _call(str(PACKAGING / "render.sh"), str(settings), str(self.etc))
        names = ("registration_shared_secret", "macaroon_secret_key", "form_secret", "worker_replication_secret")
        made = {name: secrets.token_hex(32) for name in names} | {"registration_shared_secret": self.secret}
        self._write("secrets.yaml", made)
        # The one deviation from the files an administrator gets: hundreds of people come from one address here.
        self._write("limits.yaml", config._RATE_LIMITS)
        self._certify()

    def take_over(self, private: Path) -> None:
        """The private server's directory as it lies there after its end: signing key and media to the new place."""
        shutil.copy(private / "signing.key", self.data / "signing.key")
        if (private / "media").is_dir():
            shutil.copytree(private / "media", self.data / "media")
        self.secret = config.load_secrets(private)["registration_shared_secret"]
        known = json.loads((self.etc / "synapse" / "secrets.yaml").read_text(encoding="utf-8"))
        self._write("secrets.yaml", known | config.load_secrets(private))

    def port_database(self, private: Path) -> float:
        """Synapse's own tools: finish what the old database has begun, then carry it over. Seconds."""
        begun = time.monotonic()
        self._tool(
            "update_synapse_database", "--database-config", private / "homeserver.yaml", "--run-background-updates"
        )
        config_path = self.etc / "synapse" / "homeserver.yaml"
        self._tool("synapse_port_db", "--sqlite-database", private / "homeserver.db", "--postgres-config", config_path)
        _call(str(PACKAGING / "postgresql" / "after-port.sh"), str(self.postgres_run), "matrix-synapse", "synapse")
        return time.monotonic() - begun

    # -- the programs

    def start_postgres(self) -> None:
        user = "postgres" if IS_ROOT else ""
        if "postgres" not in self.programs:
            if IS_ROOT:
                entry = pwd.getpwnam("postgres")
                os.chown(self.postgres_run, entry.pw_uid, entry.pw_gid)
            self.postgres_run.chmod(0o700)
            self._as_postgres(
                "initdb", "--pgdata", str(self.postgres_data), "--auth=trust", "--no-locale", "-E", "UTF8"
            )
            shutil.copy(self.etc / "postgresql" / "synapse.conf", self.postgres_data / "synapse.conf")
            (self.postgres_data / "synapse.conf").chmod(0o644)
            with (self.postgres_data / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(
                    f"include 'synapse.conf'\nlisten_addresses = ''\nunix_socket_directories = '{self.postgres_run}'\n"
                )
        command = [str(PG_BIN / "postgres"), "-D", str(self.postgres_data)]
        self._start("postgres", command, user=user).wait_until(self._is_postgres_ready)

    def make_database(self) -> None:
        """The two commands of README, step 1."""
        host = ("-h", str(self.postgres_run))
        self._as_postgres("createuser", *host, "matrix-synapse")
        options = ("--locale=C", "--encoding=UTF8", "--template=template0", "--owner=matrix-synapse")
        self._as_postgres("createdb", *host, *options, "synapse")

    def start_redis(self) -> None:
        socket = self.run / "redis.sock"
        socket.unlink(missing_ok=True)
        program = self._start("redis", ["redis-server", str(self.etc / "redis" / "synapse.conf")])
        program.wait_until(socket.exists)

    def start_synapse(self, kind: str) -> None:
        """`kind` is that of the step: one process, or main with workers."""
        self.kind = kind
        shared = self.etc / "synapse" / "conf.d"
        shared.mkdir(exist_ok=True)
        if kind == "workers":
            shutil.copy(self.etc / "synapse" / "workers.yaml", shared)
        self.start_process("main")
        if kind == "workers":
            for name in self.workers:  # together: each takes seconds of one core
                self.start_process(name, waits=False)
            for name in self.workers:
                self.programs[name].wait_until(lambda name=name: self._is_up(name))  # type: ignore[misc]

    def start_process(self, name: str, waits: bool = True) -> None:
        """The main process or one worker, as its unit in systemd does."""
        etc = self.etc / "synapse"
        files = [etc / "homeserver.yaml", etc / "secrets.yaml", etc / "limits.yaml", etc / "conf.d"]
        app = "homeserver"
        if name != "main":
            files.append(etc / "workers" / f"{name}.yaml")
            app = "generic_worker"
        for socket in self.run.glob(f"{name}*.sock*"):
            socket.unlink()
        command = [sys.executable, "-m", f"synapse.app.{app}", *(x for file in files for x in ("-c", str(file)))]
        program = self._start(name, command)
        if waits:
            program.wait_until(lambda: self._is_up(name))

    def start_nginx(self) -> None:
        self.nginx_socket.unlink(missing_ok=True)
        conf = self.etc / "nginx.conf"
        user = "user root;" if IS_ROOT else ""
        conf.write_text(NGINX.format(user=user, run=self.run, etc=self.etc, kind=self.kind), encoding="utf-8")
        program = self._start("nginx", ["/usr/sbin/nginx", "-c", str(conf), "-e", "stderr", "-p", str(self.run)])
        program.wait_until(lambda: self.nginx_socket.exists() and admin.is_answering(f"unix://{self.nginx_socket}"))

    def restart(self, name: str) -> None:
        """What systemd does after a kill; until it answers."""
        match name:
            case "postgres":
                self.start_postgres()
            case "redis":
                self.start_redis()
            case _:
                self.start_process(name)

    def stop(self, *names: str) -> None:
        """These, or all, the youngest first."""
        for name in names or tuple(reversed(self.programs)):
            self.programs[name].stop()

    def stop_synapse(self) -> None:
        self.stop(*(name for name in ("nginx", "main", *self.workers) if name in self.programs))

    def pids(self) -> dict[str, int]:
        return {name: program.pid for name, program in self.programs.items() if program.process is not None}

    def _start(self, name: str, command: list[str], user: str = "") -> Program:
        program = Program(name, command, self.logs / f"{name}.log", user)
        self.programs[name] = program
        program.log.touch()
        program.start()
        return program

    def _is_up(self, name: str) -> bool:
        if name == "main":
            return admin.is_answering(self.admin_url)
        if port := self.worker_ports.get(name.rstrip("0123456789")):
            return admin.is_answering(f"http://127.0.0.1:{port}")
        return (self.run / f"{name}-replication.sock").exists()

    def _is_postgres_ready(self) -> bool:
        ready = [str(PG_BIN / "pg_isready"), "-q", "-h", str(self.postgres_run)]
        return subprocess.run(ready, check=False).returncode == 0

    def _as_postgres(self, program: str, *arguments: str) -> None:
        user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"] if IS_ROOT else []
        _call(*user, str(PG_BIN / program), *arguments)

    def _tool(self, name: str, *arguments: str | Path) -> None:
        path = self.logs / f"{name}.log"
        with path.open("wb") as log:
            tool = [Path(sys.executable).with_name(name), *arguments]
            done = subprocess.run(tool, cwd=self.logs, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
        if done.returncode:
            words = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-12:]
            raise StackError("\n".join([f"{name} failed:", *words]))

    def _write(self, name: str, content: object) -> None:
        config.write_private(self.etc / "synapse" / name, json.dumps(content, indent=2))

    def _certify(self) -> None:
        """An authority of our own and a certificate by it for localhost: what clients are told to trust."""
        at = self.etc
        new = ("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes")
        authority = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
        _call(
            *new,
            "-x509",
            "-days",
            "2",
            "-subj",
            "/CN=make scale",
            *authority,
            "-keyout",
            f"{at}/ca.key",
            "-out",
            f"{at}/ca.pem",
        )
        _call(*new, "-subj", "/CN=localhost", "-keyout", f"{at}/server.key", "-out", f"{at}/server.csr")
        (at / "san").write_text(
            "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n", encoding="ascii"
        )
        _call(
            "openssl", "x509", "-req", "-in", f"{at}/server.csr", "-CA", f"{at}/ca.pem", "-CAkey", f"{at}/ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", f"{at}/san", "-out", f"{at}/server.pem",
        )  # fmt: skip


def _call(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise StackError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
