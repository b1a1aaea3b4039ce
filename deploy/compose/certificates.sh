#!/usr/bin/env bash
# Creates what the replicas use to recognize each other: certificates/ca.pem, and certificates/replica.pem with its key.
# The authority's key is deleted: to renew, run this again with --renew. Replicas read the new files by themselves.
set -euo pipefail

usage() {
  cat <<'TEXT'
certificates.sh [--renew] [DIRECTORY]
  --renew     replace the certificates that are there
  DIRECTORY   where they go; default: certificates, beside this script
They are valid for two years.
TEXT
}

renew=0
directory=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/certificates
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --renew) renew=1 ;;
    -*)
      echo "certificates.sh: unknown option $1" >&2
      usage >&2
      exit 2
      ;;
    *) directory=$1 ;;
  esac
  shift
done

if [ -e "$directory/replica.pem" ] && [ "$renew" -eq 0 ]; then
  echo "certificates.sh: $directory/replica.pem exists. Use --renew to replace it." >&2
  exit 1
fi
command -v openssl >/dev/null || {
  echo 'certificates.sh: openssl is missing.' >&2
  exit 1
}

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 730 -subj '/CN=LlamaGate cluster' \
  -addext 'keyUsage=critical,keyCertSign' -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=llamagate-cluster' \
  -keyout "$work/replica.key" -out "$work/replica.csr" 2>/dev/null
openssl x509 -req -in "$work/replica.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 730 \
  -extfile <(printf '%s\n' 'subjectAltName=DNS:llamagate-cluster' 'extendedKeyUsage=serverAuth,clientAuth' 'keyUsage=critical,digitalSignature') \
  -out "$work/replica.crt" 2>/dev/null

mkdir -p "$directory"
cat "$work/replica.crt" "$work/replica.key" >"$work/replica.pem"
mv "$work/ca.pem" "$work/replica.pem" "$directory/"
echo "Created $directory/ca.pem and $directory/replica.pem. The gateway's user (1654 in the image) must be able to read them."
