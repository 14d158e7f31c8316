#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A slow disk for a program that loads this before all else: what its threads write is there when the file
 * $PTL_SLOW_DISK is gone. The main thread, which writes what is small, is spared. */

static void
wait_for_disk (void)
{
  const char *path = getenv ("PTL_SLOW_DISK");

  while (path != NULL && gettid () != getpid () && access (path, F_OK) == 0)
    usleep (10000);
}

int
fsync (int fd)
{
  int (*real) (int) = (int (*) (int)) dlsym (RTLD_NEXT, "fsync");

  wait_for_disk ();
  return real (fd);
}

int
rename (const char *from, const char *to)
{
  int (*real) (const char *, const char *) = (int (*) (const char *, const char *)) dlsym (RTLD_NEXT, "rename");

  wait_for_disk ();
  return real (from, to);
}
