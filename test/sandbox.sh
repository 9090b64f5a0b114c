#!/bin/sh
# Runs a program as a container runtime does: as process 1 of its own process and mount namespaces, under another
# user, without privileges, in a read-only root file system that holds only what the image holds.
#   sandbox.sh ROOT FOLDER PLACE NODE NODE_PLACE UID GID WORKDIR WRITABLE -- PROGRAM [ARGUMENT]...
set -eu
root=$1 folder=$2 place=$3 node=$4 node_place=$5 uid=$6 gid=$7 workdir=$8 writable=$9
shift 10

add() { mkdir -p "$root$(dirname "$2")" && cp -L "$1" "$root$2"; }

mount -t tmpfs -o mode=755 tmpfs "$root"
add "$node" "$node_place"
# What the base image has: the C library, all of it, those of C++ that Node names, and the files about names.
libraries=$(ldd "$node" | grep -o '/[^ ]*')
c=$(dirname "$(echo "$libraries" | grep '/libc\.so\.6$')")
for library in $libraries "$c/librt.so.1" "$c/libresolv.so.2" "$c/libutil.so.1"; do add "$library" "$library"; done
for file in /etc/hosts /etc/resolv.conf /etc/nsswitch.conf; do [ ! -e "$file" ] || add "$file" "$file"; done

mkdir -p "$root$place" "$root/proc" "$root/dev"
mount --bind "$folder" "$root$place"
mount -o remount,bind,ro,nosuid,nodev "$root$place"
for path in $writable; do
  mkdir -p "$root$path"
  mount -t tmpfs -o size=64m,mode=1777,nosuid,nodev,noexec tmpfs "$root$path"
done
for device in null zero random urandom; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -o remount,bind,ro "$root"
# Root becomes that user; anyone else, whose namespace has only its own user, is called it.
if [ "$(awk '{ print $3 }' /proc/self/uid_map)" -gt 1 ]; then become="--setgid=$gid --setuid=$uid"
else become="--user --map-user=$uid --map-group=$gid"; fi
exec setpriv --no-new-privs unshare $become --root="$root" --wd="$workdir" -- "$@"
