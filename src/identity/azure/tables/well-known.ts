/** Object id that stands for everyone in a deny assignment. */
export const EVERYONE = '00000000-0000-0000-0000-000000000000';

/** Tenants in which Microsoft registers its own applications and runs its own services. */
export const MICROSOFT_TENANTS: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
  'cdc5aeea-15c5-4db6-b079-fcadd2505dc2',
  '33e01921-4d64-4f8c-a055-5bdaffd5e33d',
]);
