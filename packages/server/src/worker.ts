/** Something that runs beside the requests, such as the delivery of mails. */
export interface Worker {
  start(): void;
  /** Ends after what it is just doing. */
  stop(): Promise<void>;
}
