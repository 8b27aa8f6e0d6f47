/** What systems show of themselves as files: not data, and some of it never ends. */
const KERNEL = /^\/(?:proc|sys|dev)(?:\/|$)/;
/** Memory disks are ordinary folders. */
const MEMORY_DISK = /^\/dev\/shm(?:\/|$)/;
/** `\\.\PhysicalDrive0`, `\\?\GLOBALROOT\…` */
const WINDOWS_DEVICE = /^\\\\[.?]\\/;

/** Whether an absolute path without `..` is one of the kernel's own files or folders; links not followed. */
export function isKernelFile(path: string): boolean {
  return (KERNEL.test(path) && !MEMORY_DISK.test(path)) || WINDOWS_DEVICE.test(path);
}
