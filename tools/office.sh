#!/bin/sh
# The spreadsheet in which workbooks and tables are tested; without it, and without a way to
# install it, those tests are skipped with the reason.
set -u
command -v soffice >/dev/null || command -v libreoffice >/dev/null && exit 0
command -v apt-get >/dev/null || exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
$sudo true 2>/dev/null || exit 0
echo "Installing LibreOffice Calc (for the tests of workbooks and tables) …"
{ $sudo apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-calc; } >/dev/null 2>&1 ||
    echo "LibreOffice could not be installed; those tests will be skipped." >&2
exit 0
