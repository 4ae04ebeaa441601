/** @file SHA-256, of bytes or of what typed arrays hold, as bytes and as text. Only secure pages have it. */

export const sha256 = async (data: BufferSource): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', data));

/** Two digits a byte. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
