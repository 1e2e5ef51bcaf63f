#!/usr/bin/env bash
# Gathers everything an installation without a network needs into dist/: make bundle
# (wheels of the lock, fonts and OCR models among them, our own wheel, docs, installer, checksums).
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
version=$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
platform=$("$python" -c 'import platform, sys; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.system()} {platform.machine()}")')
name="mingzhang-$version-py${platform// /-}"
work=dist/$name
rm -rf "$work"
mkdir -p "$work/wheels"

"$python" -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock --dest "$work/wheels"
"$python" -m hatchling build -t wheel -d "$work" > /dev/null
echo "$platform" > "$work/PYTHON"
cp -r requirements.lock README.md README.zh.md CHANGELOG.md docs deploy "$work"
cp deploy/install.sh "$work/install.sh"
(cd "$work" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum > SHA256SUMS)
tar --create --file "dist/$name.tar" --directory dist "$name"  # wheels are compressed already
rm -rf "$work"
echo "dist/$name.tar $(du -h "dist/$name.tar" | cut -f1)"
