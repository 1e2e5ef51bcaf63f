#!/usr/bin/env bash
# Installs the bundle that this file came in, without any network: ./install.sh [target folder, default /opt/mingzhang]
set -euo pipefail
bundle=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/mingzhang}
python=${PYTHON:-python3}

made_for=$(cat "$bundle/PYTHON")
found=$("$python" -c 'import platform, sys; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.system()} {platform.machine()}")')
if [ "$found" != "$made_for" ]; then
  echo "这个安装包用于 Python $made_for，本机 $python 是 $found。请用 PYTHON=… 指定相符的解释器，或在相同的系统上重新制作安装包。" >&2
  exit 2
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 venv 模块；Debian、Ubuntu：apt-get install python3-venv" >&2; exit 2; }

(cd "$bundle" && sha256sum --quiet --check SHA256SUMS) || { echo "安装包不完整，请重新拷贝" >&2; exit 2; }
mkdir -p "$target"
"$python" -m venv --clear "$target/venv"
pip=("$target/venv/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$bundle/wheels" --no-deps)
"${pip[@]}" --require-hashes --requirement "$bundle/requirements.lock"
"${pip[@]}" "$bundle"/mingzhang-*.whl
rm -rf "$target/docs" "$target/deploy"
cp -r "$bundle/docs" "$bundle/deploy" "$bundle"/README*.md "$target"
"$target/venv/bin/mingzhang" --help > /dev/null
echo "已安装到 $target；试一试：$target/venv/bin/mingzhang demo --home ./demo　下一步见 $target/docs/operator.zh.md"
