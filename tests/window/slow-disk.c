#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

/* A slow disk for a program that loads this before all else: what is written is there when the file $PTL_SLOW_DISK
 * is gone. */

int
fsync (int fd)
{
  const char *path = getenv ("PTL_SLOW_DISK");
  int (*real) (int) = (int (*) (int)) dlsym (RTLD_NEXT, "fsync");

  while (path != NULL && access (path, F_OK) == 0)
    usleep (10000);
  return real (fd);
}
