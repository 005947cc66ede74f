#!/bin/sh
# The browser in which the review page is tested; without it, and without a way to install it,
# those tests are skipped with the reason.
set -u
command -v chromium >/dev/null || command -v chromium-browser >/dev/null && exit 0
command -v apt-get >/dev/null || exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
$sudo true 2>/dev/null || exit 0
echo "Installing chromium (for the tests of the review page) …"
{ $sudo apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 ||
    echo "chromium could not be installed; the tests of the review page will be skipped." >&2
exit 0
