import {NO, OPEN, type Tri, YES} from './tri.ts';

/** Whether an address lies in a network (`10.0.0.0/8`, `2001:db8::/32`, a single address); open = one cannot be read. */
export function inNetwork(address: string, network: string): Tri {
  const slash = network.indexOf('/');
  const base = readAddress(slash < 0 ? network : network.slice(0, slash));
  const value = readAddress(address);
  if (base === null || value === null) return OPEN;
  const bits = slash < 0 ? base.bits : Number(network.slice(slash + 1));
  if (!Number.isInteger(bits) || bits < 0 || bits > base.bits) return OPEN;
  if (base.bits !== value.bits) return NO;
  const shift = BigInt(base.bits - bits);
  return base.value >> shift === value.value >> shift ? YES : NO;
}

/** True for a network that holds every address of its family. */
export function holdsAll(network: string): boolean {
  return network.endsWith('/0') && readAddress(network.slice(0, -2)) !== null;
}

interface Address {
  bits: 32 | 128;
  value: bigint;
}

function readAddress(text: string): Address | null {
  return text.includes(':') ? readV6(text) : readV4(text);
}

function readV4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    const byte = /^\d{1,3}$/.test(part) ? Number(part) : 256;
    if (byte > 255) return null;
    value = (value << 8n) | BigInt(byte);
  }
  return {bits: 32, value};
}

function readV6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = groups.flat().length;
  if (halves.length === 1 ? given !== 8 : given > 7) return null;
  const all = [...groups[0]!, ...Array.from({length: 8 - given}, () => '0'), ...(groups[1] ?? [])];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return {bits: 128, value};
}
