import {z} from 'zod';
import {envelope} from './envelope.ts';

/** One `kind: VendorAccounts` document: account numbers by which vendors are trusted in customers' accounts. */
export const vendorAccountsDocument = envelope(
  'VendorAccounts',
  z.strictObject({
    list: z.string().min(1).describe('Where the entries come from; printed wherever a name is used.'),
    license: z.string().min(1).optional().describe('Licence of that list.'),
    read: z.iso.date().describe('Day it was read.'),
    vendors: z
      .array(
        z.strictObject({
          name: z.string().min(1).describe('Name of the vendor.'),
          accounts: z
            .array(z.string().regex(/^\d{12}$/, 'must be 12 digits in quotes'))
            .min(1)
            .describe('Account numbers.'),
        }),
      )
      .describe('Vendors and their accounts.'),
  }),
);
