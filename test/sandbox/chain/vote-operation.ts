/** The vote operation as it is broadcast. */
export interface VoteOperation {
  readonly voter: string;
  readonly author: string;
  readonly permlink: string;
  /** -10000..10000. */
  readonly weight: number;
}
