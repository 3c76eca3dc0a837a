"""`chatdesk login`, `api` and `listen` as a shell sees them: real processes, no display, no Qt, a real Synapse."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatdesk.tim import Tim
from tests.servers.accounts import Account, NewAccount
from tests.unit.tim.answers import Answers, ask_well

# As a shell starts it, except that importing Qt fails.
_PROGRAM = "import sys; sys.modules['PySide6'] = None; from chatdesk.app.main import main; sys.exit(main())"
_PATIENCE_S = 60.0


class Shell:
    def __init__(self, home: Path, account: Account) -> None:
        self.home = home
        self.account = account
        self.password = home / "password"
        self.password.write_text(account.password + "\n")
        kept = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "SSL_CERT_FILE") if key in os.environ}
        self.environment = kept | {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _PROGRAM,
            *arguments,
            env=self.environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *arguments: str, given: str = "") -> tuple[int, list[dict[str, Any]], str]:
        """(exit code, lines of output, what it says to people)"""
        process = await self.start(*arguments)
        out, said = await asyncio.wait_for(process.communicate(given.encode()), _PATIENCE_S)
        assert process.returncode is not None
        return process.returncode, [json.loads(line) for line in out.decode().splitlines()], said.decode()

    async def log_in(self) -> None:
        code, lines, said = await self.run(
            "login",
            "--homeserver",
            self.account.url,
            "--user",
            self.account.name,
            "--password-file",
            str(self.password),
        )
        assert code == 0, said
        assert "store.key, readable by your user only" in said  # there is no keyring here, and that is said
        assert lines == [{"user_id": self.account.user_id, "profile": "default"}]

    async def api(self, function: str, *arguments: str, given: str = "") -> dict[str, Any]:
        """The last callback of a call that goes well."""
        code, lines, said = await self.run("api", function, *arguments, given=given)
        assert code == 0, (lines, said)
        assert lines[0] == {"return": 0}
        assert lines[-1]["code"] == 0
        return lines[-1]


@pytest.fixture
async def shell(new_account: NewAccount, tmp_path: Path) -> Shell:
    shell = Shell(tmp_path, await new_account("ann"))
    await shell.log_in()
    return shell


@pytest.fixture
async def ben(new_account: NewAccount, tmp_path: Path) -> AsyncIterator[Tim]:
    account = await new_account("ben")
    tim = Tim(tmp_path / "ben", bytes(32))
    await tim.login(account.url, account.name, account.password)
    yield tim
    await tim.close()


TEXT = '{"message_elem_array":[{"elem_type":0,"text_elem_content":"grüße 🙂"}]}'


async def test_each_of_the_ten(shell: Shell, ben: Tim, tmp_path: Path) -> None:
    talk = ("--conv-id", ben.user_id, "--conv-type", "1")
    sent = await shell.api("TIMMsgSendNewMsg", *talk, "--json", TEXT)
    message = sent["json_param"]
    assert message["message_elem_array"][0]["text_elem_content"] == "grüße 🙂"
    file = tmp_path / "message.json"
    file.write_text(json.dumps(message))

    listed = (await shell.api("TIMMsgGetMsgList", *talk, "--json", "{}"))["json_param"]
    assert listed[0]["message_msg_id"] == message["message_msg_id"]
    await shell.api("TIMMsgReportReaded", *talk)
    locator = [{"message_locator_unique_id": message["message_unique_id"], "message_locator_is_self": True}]
    found = await shell.api("TIMMsgFindByMsgLocatorList", *talk, "--json", json.dumps(locator))
    assert [m["message_msg_id"] for m in found["json_param"]] == [message["message_msg_id"]]
    await shell.api("TIMMsgImportMsgList", *talk, "--json", "-", given=f"[{TEXT}]")
    await shell.api("TIMMsgSaveMsg", *talk, "--json", TEXT)

    path = tmp_path / "notes.txt"
    path.write_text("some notes\n" * 1000)
    element = {"elem_type": 4, "file_elem_file_path": str(path)}
    carrier = await shell.api("TIMMsgSendNewMsg", *talk, "--json", json.dumps({"message_elem_array": [element]}))
    url = carrier["json_param"]["message_elem_array"][0]["file_elem_url"]
    wanted = json.dumps({"msg_download_elem_param_type": 1, "msg_download_elem_param_url": url})
    code, lines, _ = await shell.run("api", "TIMMsgDownloadElemToPath", "--json", wanted, "--path", str(tmp_path / "n"))
    assert code == 0
    assert {line["desc"] for line in lines[1:-1]} == {"downloading"}
    assert (tmp_path / "n").read_bytes() == path.read_bytes()

    batch = json.dumps(
        {
            "msg_batch_send_param_identifier_array": [ben.user_id, "nobody-here"],
            "msg_batch_send_param_msg": json.loads(TEXT),
        }
    )
    rows = (await shell.api("TIMMsgBatchSend", "--json", batch))["json_param"]
    assert [row["msg_batch_send_result_code"] for row in rows] == [0, 20003]

    await shell.api("TIMMsgRevoke", *talk, "--json", f"@{file}")
    await shell.api("TIMMsgDelete", *talk, "--json", "{}")
    assert (await shell.api("TIMMsgGetMsgList", *talk, "--json", "{}"))["json_param"] == []
    conversations = (await shell.api("TIMConvGetConvList"))["json_param"]
    assert [c["conv_id"] for c in conversations] == [ben.user_id]


async def test_what_goes_wrong(shell: Shell) -> None:
    code, lines, _ = await shell.run("api", "TIMMsgSendNewMsg", "--conv-id", "nobody", "--json", TEXT)
    assert (code, lines[0], lines[1]["code"]) == (1, {"return": 0}, 20003)
    code, lines, _ = await shell.run("api", "TIMMsgSendNewMsg", "--conv-id", "nobody", "--json", "{}")
    assert (code, lines) == (1, [{"return": -3}])
    code, lines, _ = await shell.run("api", "TIMMsgSendNewMsg", "--json", TEXT)
    assert (code, lines) == (1, [{"return": -4}])
    code, lines, said = await shell.run("api", "--profile", "other", "TIMConvGetConvList")
    assert (code, lines) == (2, [])
    assert "Nobody is logged in" in said
    code, lines, said = await shell.run(
        "login", "--profile", "other", "--homeserver", shell.account.url, "--user", "x", "--password-file", "-"
    )
    assert (code, lines) == (2, [])
    assert "Traceback" not in said
    code, lines, said = await shell.run("api", "TIMMsgSendNewMsg", "--json", "@/no/such/file")
    assert (code, lines) == (2, [])
    assert "/no/such/file" in said


async def test_listen(shell: Shell, ben: Tim) -> None:
    """Listening prints what happens, keeps the profile for itself, and ends when it is told to."""
    received = Answers()
    ben.TIMAddRecvNewMsgCallback(lambda array, data: received(0, "", array, data))
    process = await shell.start("listen")
    assert process.stdout is not None

    async def line(event: str) -> dict[str, Any]:
        assert process.stdout is not None
        while True:
            found: dict[str, Any] = json.loads(await asyncio.wait_for(process.stdout.readline(), _PATIENCE_S))
            if found["event"] == event:
                return found

    try:
        while (await line("ConvEvent"))["conv_event"] != 4:
            pass
        code, _, said = await shell.run("api", "TIMConvGetConvList")
        assert code == 2
        assert "open in a window" in said
        assert "--profile" in said
        sent = await ask_well(ben.TIMMsgSendNewMsg, shell.account.user_id, 1, TEXT)
        (message,) = (await line("RecvNewMsg"))["json"]
        assert message["message_elem_array"] == sent.value["message_elem_array"]
        await ask_well(ben.TIMMsgRevoke, shell.account.user_id, 1, sent.json)
        (locator,) = (await line("MsgRevoke"))["json"]
        assert locator["message_revoker_user_id"] == ben.user_id
    finally:
        process.send_signal(signal.SIGTERM)
        _, said_at_last = await asyncio.wait_for(process.communicate(), _PATIENCE_S)
    assert (process.returncode, said_at_last) == (0, b"")


async def test_a_passphrase(shell: Shell, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("correct horse\n")
    login = ("--homeserver", shell.account.url, "--user", shell.account.name, "--password-file", str(shell.password))
    code, _, said = await shell.run("login", "--profile", "locked", "--passphrase-file", str(words), *login)
    assert code == 0, said
    code, _, said = await shell.run("api", "--profile", "locked", "TIMConvGetConvList")
    assert code == 2
    assert "passphrase" in said
    words.write_text("wrong\n")
    code, _, said = await shell.run("api", "--profile", "locked", "--passphrase-file", str(words), "TIMConvGetConvList")
    assert code == 2
    assert "passphrase" in said
