import type {PrivilegePaths, VendorAccounts} from '../../model/privilege-paths.ts';

/** Data about AWS that users may read and override. Null = no valid document. */
export interface AwsParameters {
  paths: PrivilegePaths | null;
  vendors: VendorAccounts | null;
}
