import { encode } from 'uqr';

interface Props {
  /** What the code holds. */
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
}

/** The quiet zone around the code, in its own squares (ISO/IEC 18004 wants four). */
const border = 4;

/** A QR code as a drawing, dark on light in every theme, since that is what cameras read. */
export function DeviceQrCode({ text, label }: Props) {
  const { data, size } = encode(text, { ecc: 'M', border });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      class="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join('')} fill="#000" />
    </svg>
  );
}
