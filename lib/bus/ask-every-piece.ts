interface Piece {
  readonly next?: number | undefined;
}

/**
 * Asks for what is too large for one message, piece by piece until there is no `next`. `ask` gets the `next` of the piece
 * before, nothing the first time. What it throws is thrown on.
 */
export async function askEveryPiece<Reply extends Piece>(
  ask: (before: { before?: number }) => Promise<Reply>,
): Promise<Reply[]> {
  const pieces: Reply[] = [];
  let before: number | undefined;
  do {
    const piece = await ask(before === undefined ? {} : { before });
    pieces.push(piece);
    before = piece.next;
  } while (before !== undefined);
  return pieces;
}
