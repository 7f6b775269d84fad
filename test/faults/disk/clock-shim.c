/*
 * A machine whose wall clock is set wrong, or that slept. $VIGIL_CLOCK_CONTROL is a shared file of two numbers, i64 each:
 * milliseconds by which the wall clock is off, and milliseconds of sleep that only the clocks that count sleep know of.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  volatile int64_t wall_ms;
  volatile int64_t slept_ms;
};
static struct control *control;
static int (*real_clock)(clockid_t, struct timespec *);
static int (*real_day)(struct timeval *, void *);
static int (*real_open)(const char *, int, ...);

static void start(void) {
  static int started;
  if (started) return;
  started = 1;
  real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  real_day = dlsym(RTLD_NEXT, "gettimeofday");
  real_open = dlsym(RTLD_NEXT, "open64");
  const char *shared = getenv("VIGIL_CLOCK_CONTROL");
  int descriptor = shared ? real_open(shared, O_RDWR | O_CLOEXEC) : -1;
  if (descriptor < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (mapped != MAP_FAILED) control = mapped;
  close(descriptor);
}
__attribute__((constructor)) static void at_load(void) { start(); }

static int64_t wall_error(void) { return control ? control->wall_ms + control->slept_ms : 0; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  start();
  int result = real_clock(clock, now);
  int64_t more = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ? wall_error()
                 : clock == CLOCK_BOOTTIME && control                      ? control->slept_ms
                                                                           : 0;
  if (result || !more) return result;
  int64_t whole = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + more * 1000000;
  now->tv_sec = whole / 1000000000;
  now->tv_nsec = whole % 1000000000;
  return 0;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  start();
  int result = real_day(now, zone);
  int64_t more = wall_error();
  if (result || !more) return result;
  int64_t whole = (int64_t)now->tv_sec * 1000000 + now->tv_usec + more * 1000;
  now->tv_sec = whole / 1000000;
  now->tv_usec = whole % 1000000;
  return 0;
}
time_t time(time_t *kept) {
  struct timeval now;
  gettimeofday(&now, NULL);
  if (kept) *kept = now.tv_sec;
  return now.tv_sec;
}

/* The time since the start of the machine is read from a file. */
static int uptime_with_sleep(void) {
  struct timespec since;
  clock_gettime(CLOCK_BOOTTIME, &since);
  int descriptor = memfd_create("uptime", MFD_CLOEXEC);
  if (descriptor < 0) return descriptor;
  dprintf(descriptor, "%lld.%02ld 0.00\n", (long long)since.tv_sec, since.tv_nsec / 10000000);
  lseek(descriptor, 0, SEEK_SET);
  return descriptor;
}
int open64(const char *path, int flags, ...) {
  start();
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  return control && control->slept_ms && !strcmp(path, "/proc/uptime") ? uptime_with_sleep() : real_open(path, flags, mode);
}
int open(const char *path, int flags, ...) __attribute__((alias("open64")));
