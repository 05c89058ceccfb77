import {text} from '../record.ts';
import type {Asset} from './asset.ts';
import {either} from './identity-records.ts';

const KEY = /^\/\/cloudkms\.googleapis\.com\/((.+\/keyRings\/[^/]+)\/cryptoKeys\/[^/]+)/;

/**
 * Protection level of each key (`SOFTWARE`, `HSM`, `EXTERNAL`, `EXTERNAL_VPC`) by its resource name, and of each key ring: levels
 * that differ are joined by `+`, so that a ring with one external key is not taken for an external one.
 */
export function keyProtections(assets: readonly (Asset | null)[]): Map<string, string> {
  const keys = new Map<string, string>();
  const rings = new Map<string, Set<string>>();
  for (const asset of assets) {
    const name = asset === null ? null : KEY.exec(asset.name);
    if (asset === null || !name) continue;
    const level =
      text({value: either(either(asset.data, 'versionTemplate'), 'protectionLevel')}, 'value') ??
      text({value: either(either(asset.data, 'primary'), 'protectionLevel')}, 'value') ??
      text({value: either(asset.data, 'protectionLevel')}, 'value');
    if (level === null || !/^[A-Z_]+$/.test(level)) continue;
    if (asset.type === 'cloudkms.googleapis.com/CryptoKey') keys.set(name[1]!, level);
    const ring = rings.get(name[2]!) ?? new Set<string>();
    ring.add(level);
    rings.set(name[2]!, ring);
  }
  for (const [ring, levels] of rings) keys.set(ring, [...levels].toSorted().join('+'));
  return keys;
}
