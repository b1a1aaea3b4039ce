#!/usr/bin/env bash
# A machine to throw away: this system, with a systemd of its own as its first process. What is written on it is in memory and gone
# afterwards; of this system's it shares the network, and the checkout and one directory, which it can only read.
#   machine.sh CHECKOUT FILES PLACE     as root; runs until it is ended. PLACE becomes a directory, PLACE.pid the first process's id
# The checkout is at /mnt/checkout there, the files at /mnt/files.
set -euo pipefail

if [ "${1-}" != --inside ]; then
  mkdir "$3"
  unshare --mount --pid --fork --kill-child --ipc --uts --cgroup "$0" --inside "$@" &
  child=$!
  trap 'kill -KILL "$child" 2>/dev/null' EXIT
  trap 'exit 143' TERM
  until pgrep --parent "$child" >"$3.found"; do
    kill -0 "$child"
    sleep 0.1
  done
  mv "$3.found" "$3.pid"
  wait "$child"
  exit
fi

place=$4
mount --make-rprivate /
mount -t tmpfs tmpfs "$place"
mkdir "$place/upper" "$place/scratch" "$place/root"
root=$place/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$place/upper,workdir=$place/scratch" "$root"
# Nothing of the kernel's may be changed from inside; its own groups of processes it has to make.
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
for directory in run tmp mnt; do
  mount -t tmpfs tmpfs "$root/$directory"
done
mkdir "$root/mnt/checkout" "$root/mnt/files" "$root/mnt/before"
mount --bind -o ro "$2" "$root/mnt/checkout"
mount --bind -o ro "$3" "$root/mnt/files"
# No service of this system's, and no gateway of its owner's.
rm -rf "$root"/etc/systemd/system/*.wants "$root/etc/llamagate" "$root/usr/local/bin/llamagate"
cd "$root"
pivot_root . mnt/before
umount --lazy /mnt/before
exec env -i container=throw-away PATH="$PATH" /lib/systemd/systemd --system --unit=basic.target --show-status=no
