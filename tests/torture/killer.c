/* Counts what a process does to files below a folder, and kills it at the one it is told of.
 *
 * Preloaded. `arm(at, below)` starts the count anew: at the `at`-th write, fsync, rename, unlink
 * or truncation of a file under `below`, half of a write is done, anything else not at all, and
 * the process dies by SIGKILL. With 0 it only counts; `counted()` says how many there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long at = -1, seen;
static char below[PATH_MAX];

void arm(long number, const char *folder) {
    strncpy(below, folder, sizeof below - 1);
    seen = 0;
    at = number;
}

long counted(void) { return seen; }

static int is_below(const char *path) { return strncmp(path, below, strlen(below)) == 0; }

static int is_ours(int file) {
    char link[64], path[PATH_MAX];
    if (at < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int now(void) { return ++seen == at; }
static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    if (is_ours(file) && now()) { real(file, data, size / 2); die(); }
    return real(file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t where) {
    REAL(pwrite);
    if (is_ours(file) && now()) { real(file, data, size / 2, where); die(); }
    return real(file, data, size, where);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t where) {
    REAL(pwrite64);
    if (is_ours(file) && now()) { real(file, data, size / 2, where); die(); }
    return real(file, data, size, where);
}
int fsync(int file) {
    REAL(fsync);
    if (is_ours(file) && now()) die();
    return real(file);
}
int fdatasync(int file) {
    REAL(fdatasync);
    if (is_ours(file) && now()) die();
    return real(file);
}
int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    if (is_ours(file) && now()) die();
    return real(file, size);
}
int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    if (is_ours(file) && now()) die();
    return real(file, size);
}
int rename(const char *old, const char *new) {
    REAL(rename);
    if (at >= 0 && is_below(new) && now()) die();
    return real(old, new);
}
int unlink(const char *path) {
    REAL(unlink);
    if (at >= 0 && is_below(path) && now()) die();
    return real(path);
}
