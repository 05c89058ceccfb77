/** Bytes of base64 or base64url text, with or without line breaks and padding; null when it is neither. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const plain = text.replaceAll(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    const binary = atob(plain);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return null;
  }
}
