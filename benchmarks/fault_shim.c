/* Makes the C library lie to the process it is preloaded into, for benchmarks/faults.py:
 *   FAULT_UNDER, FAULT_ERRNO, FAULT_AFTER_BYTES  writes to files below a directory fail after so many bytes
 *   FAULT_CLOCK_OFFSET, FAULT_CLOCK_AFTER        the wall clock jumps by so many seconds after so many readings
 * Counters are per process; children inherit the variables. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static long long written = 0;
static long readings = 0;

static long long number(const char *name) {
    const char *text = getenv(name);
    return text ? atoll(text) : 0;
}

/* 0 where the write may go on; -1 with errno set where it fails. */
static int strike(int descriptor, size_t size) {
    static const char *under = NULL;
    static int code = -1;
    static long long limit = 0;
    if (code < 0) {
        under = getenv("FAULT_UNDER");
        limit = number("FAULT_AFTER_BYTES");
        code = (int)number("FAULT_ERRNO");
    }
    if (!under || !code) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (strncmp(path, under, strlen(under)) != 0) return 0;
    if (__sync_add_and_fetch(&written, (long long)size) <= limit) return 0;
    errno = code;
    return -1;
}

#define REAL(type, name) static type (*real)() = NULL; if (!real) real = (type (*)())dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, write);
    return strike(fd, size) ? -1 : real(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(ssize_t, pwrite);
    return strike(fd, size) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64);
    return strike(fd, size) ? -1 : real(fd, data, size, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, writev);
    size_t size = 0;
    for (int i = 0; i < count; i++) size += parts[i].iov_len;
    return strike(fd, size) ? -1 : real(fd, parts, count);
}

ssize_t sendfile64(int out, int in, off64_t *at, size_t size) {
    REAL(ssize_t, sendfile64);
    return strike(out, size) ? -1 : real(out, in, at, size);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    REAL(ssize_t, copy_file_range);
    return strike(out, size) ? -1 : real(in, from, out, to, size, flags);
}

static long long jump(void) {
    static long long offset = 0, after = -1;
    if (after < 0) {
        offset = number("FAULT_CLOCK_OFFSET");
        after = number("FAULT_CLOCK_AFTER");
    }
    return offset && __sync_add_and_fetch(&readings, 1) > after ? offset : 0;
}

int clock_gettime(clockid_t which, struct timespec *now) {
    REAL(int, clock_gettime);
    int result = real(which, now);
    if (result == 0 && which == CLOCK_REALTIME) now->tv_sec += jump();
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    REAL(int, gettimeofday);
    int result = real(now, zone);
    if (result == 0 && now) now->tv_sec += jump();
    return result;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
