/**
 * Every column RVTools itself has written on a sheet, over its versions (labels of 4.8 first, then older ones). Whatever
 * else stands on a VM sheet or on vCluster is a site's own tag category or custom attribute. Matching ignores case,
 * blanks and signs, and takes MB for MiB and KB for KiB: those labels always meant base 2.
 */
const HEAD = 'VM|Powerstate|Template|SRM Placeholder';
const TAIL =
  'Annotation|Datacenter|Cluster|Host|Folder|OS according to the configuration file|' +
  'OS according to the VMware Tools|OS|VMRef|VM ID|VM Object ID|VM UUID|UUID|VI SDK Server|VI SDK UUID|vCenter UUID';

export const KNOWN_HEADERS = {
  vInfo:
    `${HEAD}|Config status|DNS Name|Connection state|Guest state|Heartbeat|Consolidation Needed|PowerOn|` +
    'Suspended To Memory|Suspend time|Suspend Interval|Creation date|Change Version|CPUs|Overall Cpu Readiness|' +
    'Memory|Active Memory|NICs|Disks|Total disk capacity MiB|Fixed Passthru HotPlug|min Required EVC Mode Key|' +
    'Latency Sensitivity|Op Notification Timeout|EnableUUID|disk.EnableUUID|CBT|Primary IP Address|Network #1|' +
    'Network #2|Network #3|Network #4|Network #5|Network #6|Network #7|Network #8|Num Monitors|Video Ram KiB|' +
    'Resource pool|Folder ID|vApp|DAS protection|FT State|FT Role|FT Latency|FT Bandwidth|FT Sec. Latency|' +
    'Vm Failover In Progress|Provisioned MiB|In Use MiB|Unshared MiB|HA Restart Priority|HA Isolation Response|' +
    'HA VM Monitoring|Cluster rule(s)|Cluster rule name(s)|Boot Required|Boot delay|Boot retry delay|' +
    'Boot retry enabled|Boot BIOS setup|Reboot PowerOff|EFI Secure boot|Firmware|HW version|HW upgrade status|' +
    'HW upgrade policy|HW target|Path|Log directory|Snapshot directory|Suspend directory|Customization Info|' +
    'Guest Detailed Data|SMBIOS UUID|VI SDK Server type|VI SDK API Version|Config Checksum|IP Address|Object ID|' +
    `Version|VM Version|Cores p/s|Cores per Socket|${TAIL}`,
  vCPU:
    `${HEAD}|CPUs|Sockets|Cores p/s|Max|Overall|Level|Shares|Reservation|Entitlement|DRS Entitlement|Limit|Hot Add|` +
    `Hot Remove|Numa Hotadd Exposed|${TAIL}`,
  vMemory:
    `${HEAD}|Size MiB|Memory Reservation Locked To Max|Overhead|Max|Consumed|Consumed Overhead|Private|Shared|` +
    `Swapped|Ballooned|Active|Entitlement|DRS Entitlement|Level|Shares|Reservation|Limit|Hot Add|${TAIL}`,
  vDisk:
    `${HEAD}|Disk|Disk Key|Disk UUID|Disk Path|Capacity MiB|Raw|Disk Mode|Sharing mode|Thin|Eagerly Scrub|Split|` +
    'Write Through|Level|Shares|Reservation|Limit|Controller|Label|SCSI Unit #|Unit #|Shared Bus|Path|Raw LUN ID|' +
    `Raw Comp. Mode|Raw Com. Mode|Internal Sort Column|${TAIL}`,
  vPartition: `${HEAD}|Disk Key|Disk|Capacity MiB|Consumed MiB|Free MiB|Free %|Internal Sort Column|${TAIL}`,
  vNetwork:
    `${HEAD}|NIC label|Adapter|Network|Switch|Connected|Starts Connected|Mac Address|Type|IPv4 Address|IPv6 Address|` +
    `IP Address|Direct Path IO|Internal Sort Column|${TAIL}`,
  vCD: `${HEAD}|Device Node|Connected|Starts Connected|Device Type|${TAIL}`,
  vFloppy: `${HEAD}|Device Node|Connected|Starts Connected|Device Type|${TAIL}`,
  vUSB: `${HEAD}|Device Node|Device Type|Connected|Family|Speed|EHCI enabled|Auto connect|Bus number|Unit number|${TAIL}`,
  vSnapshot: `${HEAD}|Name|Description|Date / time|Filename|Size MiB (vmsn)|Size MiB (total)|Quiesced|State|${TAIL}`,
  vTools:
    `${HEAD}|VM Version|Tools|Tools Version|Required Version|Upgradeable|Upgrade Policy|Sync time|App status|` +
    'Heartbeat status|Kernel Crash state|Operation Ready|State change support|Interactive Guest|' +
    TAIL,
  vCluster:
    'Name|Cluster|Config status|OverallStatus|NumHosts|numEffectiveHosts|TotalCpu|NumCpuCores|NumCpuThreads|' +
    'Effective Cpu|TotalMemory|Effective Memory|Num VMotions|HA enabled|Failover Level|AdmissionControlEnabled|' +
    'Host monitoring|HB Datastore Candidate Policy|Isolation Response|Restart Priority|Cluster Settings|' +
    'Max Failures|Max Failure Window|Failure Interval|Min Up Time|VM Monitoring|DRS enabled|' +
    'DRS default VM behavior|DRS vmotion rate|DPM enabled|DPM default behavior|DPM Host Power Action Rate|' +
    'Object ID|com.vmware.vcenter.cluster.edrs.upgradeHostAdded|VI SDK Server|VI SDK UUID|vCenter UUID',
} as const;

/** Sheets with one or more rows per VM. */
export const VM_SHEETS = [
  'vInfo', 'vCPU', 'vMemory', 'vDisk', 'vPartition', 'vNetwork', 'vCD', 'vFloppy', 'vUSB', 'vSnapshot', 'vTools',
] as const; // prettier-ignore

/** Sheets without VM rows and what a row of each is called in the ledger. vLicense is counted and never looked into. */
export const OTHER_SHEETS: Record<string, string> = {
  vHost: 'host', vCluster: 'cluster', vRP: 'resource pool', vHBA: 'host adapter', vNIC: 'host network card',
  vSwitch: 'switch', vPort: 'port group', dvSwitch: 'switch', dvPort: 'port group', vSC_VMK: 'kernel interface',
  vDatastore: 'datastore', vMultiPath: 'storage path', vLicense: 'licence (not read)', vFileInfo: 'datastore file',
  vHealth: 'health message', vSource: 'vCenter', vMetaData: 'export details',
}; // prettier-ignore
