# The parts of run.sh beside it, which sources it: reads a Dockerfile, lays out roots, starts what is in them.
# shellcheck shell=bash
# shellcheck disable=SC2154 # root, work, out and here are run.sh's.

# As the base image has it; `app` in its /etc/passwd.
app_uid=1654
port=8080

matches() { [[ $1 =~ $2 ]] || { say "is: $1" "expected: $2" && false; }; }

# What was started is ended; what was mounted goes with the namespace.
clean_up() {
  [ -z "$gateway_pid" ] || kill -KILL "$gateway_pid" 2>/dev/null
  umount --recursive --lazy "$work" 2>/dev/null
  rmdir "$work" 2>/dev/null
}

# parse_dockerfile FILE: "STAGE INSTRUCTION ARGUMENTS" a line, continued lines joined, comments left out.
parse_dockerfile() {
  sed -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' "$1" | sed -e ':a' -e '/\\$/{N;s/\\\n[[:space:]]*//;ba' -e '}' |
    awk '$1 == "FROM" { stage++ } { print stage, $0 }'
}

build_stage() { sed -n "s/^1 $1 //p" "$work/instructions"; }
final() { sed -n "s/^2 $1 //p" "$work/instructions"; }

# lay_context REPOSITORY DIRECTORY: what docker would send: the repository's files that .dockerignore lets through.
lay_context() {
  local allowed
  [ "$(sed -e '/^#/d' "$1/.dockerignore" | head -n 1)" = '*' ] || die '.dockerignore does not begin with *'
  mapfile -t allowed < <(sed -n 's/^!//p' "$1/.dockerignore")
  mkdir -p "$2"
  (cd "$1" && git ls-files -z --cached --others --exclude-standard -- "${allowed[@]}" | xargs -0 cp --parents -t "$2")
}

# copy_of_system DIRECTORY: this machine as it is, but what is written there is in memory and gone afterwards.
copy_of_system() {
  mkdir -p "$1" "$work/upper" "$work/scratch"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/scratch" "$1" || die 'no overlay can be mounted'
  mount --rbind /proc "$1/proc"
  mount --rbind /dev "$1/dev"
}

target_arch() {
  case $(uname -m) in
    aarch64) say arm64 ;;
    *) say amd64 ;;
  esac
}

# run_build_stage SYSTEM CONTEXT: WORKDIR, COPY and RUN of the first stage, in order, with docker's meaning.
run_build_stage() {
  local stage instruction arguments directory=/ words source destination
  while read -r stage instruction arguments; do
    [ "$stage" = 1 ] || continue
    case $instruction in
      FROM | ARG) ;;
      WORKDIR)
        directory=$arguments
        mkdir -p "$1$directory"
        ;;
      COPY)
        read -ra words <<<"$arguments"
        destination=$1$directory/${words[-1]}
        mkdir -p "$destination"
        for source in "${words[@]:0:${#words[@]}-1}"; do
          # Of a directory docker copies what is in it.
          if [ -d "$2/$source" ]; then
            cp -r "$2/$source/." "$destination" || return 1
          else
            cp "$2/$source" "$destination" || return 1
          fi
        done
        ;;
      RUN)
        say "RUN $arguments"
        # No server of the build stays behind in a root that goes away.
        TARGETARCH=$(target_arch) MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false chroot "$1" /bin/sh -c "cd $directory && $arguments" </dev/null || return 1
        ;;
      *) die "run.sh does not know the instruction $instruction" ;;
    esac
  done <"$work/instructions"
}

# empty_root DIRECTORY BINARY: what runtime-deps:10.0-noble-chiseled has that a process can see: libc and its loader, libgcc,
# libstdc++, OpenSSL, certificates, the user. Ours come from this machine's distribution. No shell, no zlib, no ICU.
empty_root() {
  local library
  mkdir -p "$1/app" "$1/tmp" "$1/proc" "$1/dev" "$1/etc/ssl/certs"
  for library in $(ldd "$2" | grep -oE '/[^ ]+\.so[^ ]*') $(ldconfig -p | grep -oE '/[^ ]+/lib(ssl|crypto)\.so\.3$'); do
    mkdir -p "$1$(dirname "$library")"
    cp -L "$library" "$1$library"
  done
  cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
  say "app:x:$app_uid:$app_uid::/home/app:/bin/false" >"$1/etc/passwd"
  cp "$2" "$1/app/llamagate"
  touch "$work/laid"

  mount --bind "$1" "$1"
  mount -o remount,bind,ro "$1"
  mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
  mount -t proc proc "$1/proc"
  mount -t tmpfs tmpfs "$1/dev"
  for library in null zero urandom random; do
    touch "$1/dev/$library"
    mount --bind "/dev/$library" "$1/dev/$library"
  done
}

# start_container ROOT: the ENTRYPOINT with the image's ENV and nothing else, as docker run --read-only --tmpfs /tmp would.
start_container() {
  local variables
  read -ra variables <<<"$(final ENV)"
  unshare --net -- sh -c 'ip link set lo up && exec "$@"' sh \
    env -i HOME=/home/app APP_UID="$app_uid" "${variables[@]}" \
    "$(command -v chroot)" --userspec="$app_uid:$app_uid" "$1" "$(final WORKDIR)/llamagate" </dev/null >"$work/log" 2>&1 &
  gateway_pid=$!
}

# in_container COMMAND…: what docker exec would do.
in_container() {
  local variables
  read -ra variables <<<"$(final ENV)"
  nsenter --target "$gateway_pid" --net -- env -i "${variables[@]}" \
    "$(command -v chroot)" --userspec="$app_uid:$app_uid" "$work/root" "$@"
}

status() {
  nsenter --target "$gateway_pid" --net -- \
    curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 "http://127.0.0.1:$port$1"
}

# until_answers PATH STATUS: within 60 s, and as long as the process lives.
until_answers() {
  local tries=300
  until [ "$(status "$1")" = "$2" ]; do
    kill -0 "$gateway_pid" 2>/dev/null || { cat "$work/log" && return 1; }
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { cat "$work/log" && return 1; }
    sleep 0.2
  done
}
