/*
 * Stands between a process and its disk. Below $VIGIL_DISK_DIRECTORY every change of a file is written, in order, into
 * $VIGIL_DISK_LOG, together with what the process says over its IPC channel, so that a replay knows at each point what had been
 * promised. $VIGIL_DISK_CONTROL is a small shared file through which a test makes calls fail or ends the process at one of them.
 *
 * A log entry: u8 kind, 3 bytes of padding, u32 file, u64 offset, u32 length, u32 padding, then `length` bytes.
 *   O file has this name   N created   W written   T cut or grown to offset   S synced   U removed   R renamed to file `offset`
 *   D the directory was synced   M said over the IPC channel
 * Shared memory of SQLite (-shm) is left out: it does not survive a power cut and is rebuilt.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LOG_WRITE = 1, MAIN_WRITE = 2, SYNC = 4, CUT = 8, CREATE = 16, SEND = 32, REMOVE = 64 };
enum { NOTHING, FAIL_FROM, FAIL_ONCE, END_BEFORE, END_AFTER };

struct control {
  volatile int32_t mode;
  /* How many calls of the chosen kinds pass before. */
  volatile int32_t countdown;
  volatile int32_t error;
  volatile int32_t kinds;
  volatile int32_t hits;
  volatile int32_t seen;
};
struct entry {
  uint8_t kind, padding[3];
  uint32_t file;
  uint64_t offset;
  uint32_t length, more_padding;
};

#define MOST_DESCRIPTORS 4096
#define MOST_NAMES 512
#define NAME_BYTES 512

static char directory[PATH_MAX];
static size_t directory_length;
static int log_descriptor = -1;
static int channel_descriptor = -1;
static int skips_sync;
static struct control *control;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static int file_of[MOST_DESCRIPTORS];
static struct { char name[NAME_BYTES]; } names[MOST_NAMES];
static int name_count;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_open)(const char *, int, ...);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);
static int (*real_close)(int);

static void start(void) {
  static int started;
  if (started) return;
  started = 1;
  real_write = dlsym(RTLD_NEXT, "write");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_open = dlsym(RTLD_NEXT, "open64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_close = dlsym(RTLD_NEXT, "close");
  const char *watched = getenv("VIGIL_DISK_DIRECTORY");
  const char *log = getenv("VIGIL_DISK_LOG");
  const char *shared = getenv("VIGIL_DISK_CONTROL");
  const char *channel = getenv("NODE_CHANNEL_FD");
  skips_sync = getenv("VIGIL_DISK_QUICK") != NULL;
  if (channel) channel_descriptor = atoi(channel);
  if (!watched || !realpath(watched, directory)) return;
  directory_length = strlen(directory);
  if (log) log_descriptor = real_open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (shared) {
    int descriptor = real_open(shared, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return;
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (mapped != MAP_FAILED) control = mapped;
    real_close(descriptor);
  }
}
__attribute__((constructor)) static void at_load(void) { start(); }

static void note(int kind, int file, uint64_t offset, const void *bytes, uint32_t length) {
  if (log_descriptor < 0) return;
  struct entry entry = {.kind = (uint8_t)kind, .file = (uint32_t)file, .offset = offset, .length = bytes ? length : 0};
  struct iovec parts[2] = {{&entry, sizeof entry}, {(void *)bytes, length}};
  (void)!real_writev(log_descriptor, parts, bytes ? 2 : 1);
}

/* The name below the watched directory; 0 for any other file and for shared memory. */
static int watched_name(const char *path, char *name) {
  char whole[PATH_MAX];
  if (!directory_length) return 0;
  if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
  else {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return 0;
    if (snprintf(whole, sizeof whole, "%s/%s", here, path) >= (int)sizeof whole) return 0;
  }
  if (strncmp(whole, directory, directory_length) || whole[directory_length] != '/' || !whole[directory_length + 1]) return 0;
  snprintf(name, NAME_BYTES, "%s", whole + directory_length + 1);
  return !strstr(name, "-shm");
}
static int file_named(const char *name) {
  for (int index = 0; index < name_count; index += 1)
    if (!strcmp(names[index].name, name)) return index + 1;
  if (name_count >= MOST_NAMES) abort();
  snprintf(names[name_count].name, NAME_BYTES, "%s", name);
  name_count += 1;
  note('O', name_count, 0, name, (uint32_t)strlen(name));
  return name_count;
}
static int file_at(int descriptor) { return descriptor >= 0 && descriptor < MOST_DESCRIPTORS ? file_of[descriptor] : 0; }
static int write_kind(int file) { return strstr(names[file - 1].name, "-wal") ? LOG_WRITE : MAIN_WRITE; }

/* Counts a call down; 1 when it must fail with errno, 2 when the process must end behind it. */
static int meets_fault(int kind) {
  if (!control || control->mode == NOTHING || !(control->kinds & kind)) return 0;
  control->seen += 1;
  if (control->countdown > 0) {
    control->countdown -= 1;
    return 0;
  }
  control->hits += 1;
  switch (control->mode) {
    case FAIL_ONCE:
      control->mode = NOTHING;
      errno = control->error;
      return 1;
    case FAIL_FROM:
      errno = control->error;
      return 1;
    case END_BEFORE:
      kill(getpid(), SIGKILL);
      return 1;
    default:
      return 2;
  }
}
static void end_if(int fault) {
  if (fault == 2) kill(getpid(), SIGKILL);
}

static int opening(const char *path, int flags, mode_t mode) {
  char name[NAME_BYTES];
  int watched = watched_name(path, name);
  int fault = watched && (flags & O_CREAT) && access(path, F_OK) ? meets_fault(CREATE) : 0;
  if (fault == 1) return -1;
  int descriptor = real_open(path, flags, mode);
  if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
    pthread_mutex_lock(&order);
    file_of[descriptor] = watched ? file_named(name) : 0;
    if (watched && (flags & O_CREAT)) note('N', file_of[descriptor], 0, NULL, 0);
    if (watched && (flags & O_TRUNC)) note('T', file_of[descriptor], 0, NULL, 0);
    pthread_mutex_unlock(&order);
  }
  end_if(fault);
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
  return opening(path, flags, mode);
}
int open(const char *path, int flags, ...) __attribute__((alias("open64")));
int close(int descriptor) {
  start();
  if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) file_of[descriptor] = 0;
  return real_close(descriptor);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
  start();
  int file = file_at(descriptor);
  if (!file) return real_pwrite(descriptor, bytes, length, offset);
  int fault = meets_fault(write_kind(file));
  if (fault == 1) return -1;
  pthread_mutex_lock(&order);
  ssize_t written = real_pwrite(descriptor, bytes, length, offset);
  if (written > 0) note('W', file, (uint64_t)offset, bytes, (uint32_t)written);
  pthread_mutex_unlock(&order);
  end_if(fault);
  return written;
}
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
  return pwrite64(descriptor, bytes, length, offset);
}

static int is_socket(int descriptor) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  return !getsockname(descriptor, (struct sockaddr *)&address, &size) &&
         (address.ss_family == AF_INET || address.ss_family == AF_INET6);
}
ssize_t write(int descriptor, const void *bytes, size_t length) {
  start();
  int file = file_at(descriptor);
  if (!file) {
    if (descriptor == channel_descriptor) {
      pthread_mutex_lock(&order);
      note('M', 0, 0, bytes, (uint32_t)length);
      pthread_mutex_unlock(&order);
    }
    int fault = control && (control->kinds & SEND) && is_socket(descriptor) ? meets_fault(SEND) : 0;
    if (fault == 1) return -1;
    ssize_t written = real_write(descriptor, bytes, length);
    end_if(fault);
    return written;
  }
  int fault = meets_fault(write_kind(file));
  if (fault == 1) return -1;
  pthread_mutex_lock(&order);
  off64_t offset = lseek64(descriptor, 0, SEEK_CUR);
  ssize_t written = real_write(descriptor, bytes, length);
  if (written > 0) note('W', file, (uint64_t)offset, bytes, (uint32_t)written);
  pthread_mutex_unlock(&order);
  end_if(fault);
  return written;
}
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  start();
  if (descriptor == channel_descriptor) {
    pthread_mutex_lock(&order);
    for (int index = 0; index < count; index += 1)
      note('M', 0, 0, parts[index].iov_base, (uint32_t)parts[index].iov_len);
    pthread_mutex_unlock(&order);
  }
  int fault = control && (control->kinds & SEND) && is_socket(descriptor) ? meets_fault(SEND) : 0;
  if (fault == 1) return -1;
  ssize_t written = real_writev(descriptor, parts, count);
  end_if(fault);
  return written;
}

int ftruncate64(int descriptor, off64_t length) {
  start();
  int file = file_at(descriptor);
  if (!file) return real_ftruncate(descriptor, length);
  int fault = meets_fault(CUT);
  if (fault == 1) return -1;
  pthread_mutex_lock(&order);
  int result = real_ftruncate(descriptor, length);
  if (!result) note('T', file, (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&order);
  end_if(fault);
  return result;
}
int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static void note_directory(int descriptor) {
  struct stat found;
  char link[64], target[PATH_MAX];
  if (!directory_length || fstat(descriptor, &found) || !S_ISDIR(found.st_mode)) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, target, sizeof target - 1);
  if (length <= 0) return;
  target[length] = 0;
  if (strcmp(target, directory)) return;
  pthread_mutex_lock(&order);
  note('D', 0, 0, NULL, 0);
  pthread_mutex_unlock(&order);
}
static int syncing(int descriptor, int (*real)(int)) {
  int file = file_at(descriptor);
  if (!file) {
    note_directory(descriptor);
    return real(descriptor);
  }
  int fault = meets_fault(SYNC);
  if (fault == 1) return -1;
  int result = skips_sync ? 0 : real(descriptor);
  if (!result) {
    pthread_mutex_lock(&order);
    note('S', file, 0, NULL, 0);
    pthread_mutex_unlock(&order);
  }
  end_if(fault);
  return result;
}
int fsync(int descriptor) {
  start();
  return syncing(descriptor, real_fsync);
}
int fdatasync(int descriptor) {
  start();
  return syncing(descriptor, real_fdatasync);
}
int unlink(const char *path) {
  start();
  char name[NAME_BYTES];
  int watched = watched_name(path, name);
  int fault = watched ? meets_fault(REMOVE) : 0;
  if (fault == 1) return -1;
  pthread_mutex_lock(&order);
  int result = real_unlink(path);
  if (watched && !result) note('U', file_named(name), 0, NULL, 0);
  pthread_mutex_unlock(&order);
  end_if(fault);
  return result;
}
int rename(const char *from, const char *to) {
  start();
  char old_name[NAME_BYTES], new_name[NAME_BYTES];
  int leaves = watched_name(from, old_name), comes = watched_name(to, new_name);
  pthread_mutex_lock(&order);
  int result = real_rename(from, to);
  if (!result && leaves && comes) {
    int old_file = file_named(old_name);
    note('R', old_file, (uint64_t)file_named(new_name), NULL, 0);
  }
  pthread_mutex_unlock(&order);
  return result;
}
