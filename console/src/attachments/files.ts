/** Files as people choose them, before they leave: named, and made small enough. */

/** The server takes no more. */
export const LARGEST = 10_000_000;
const LONGEST_SIDE = 4_096;
/** What can be chosen; the server looks at what is in it. A telephone then gives JPEG. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,application/pdf,text/plain';

/** A picture of more than so many bytes drawn smaller, as JPEG; anything else as it is. */
export async function shrunk(file: Blob, most: number, side = LONGEST_SIDE): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.size <= most) return file;
  try {
    const seen = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, side / Math.max(seen.width, seen.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(seen.width * scale)),
      Math.max(1, Math.round(seen.height * scale)),
    );
    const pen = canvas.getContext('2d');
    if (!pen) return file;
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(seen, 0, 0, canvas.width, canvas.height);
    seen.close();
    const small = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    return small.size < file.size ? small : file;
  } catch {
    return file; // the server says what is wrong with it
  }
}

/** The files of a drop or of a paste. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}

const KB = 1_000;

/** 640 B, 12 kB, 3.4 MB. */
export function saySize(bytes: number): string {
  if (bytes < KB) return `${bytes} B`;
  if (bytes < KB * KB) return `${Math.round(bytes / KB)} kB`;
  return `${(bytes / KB / KB).toFixed(1)} MB`;
}
