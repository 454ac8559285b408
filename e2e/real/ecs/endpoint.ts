/** How a foreign client is told where the stand-in is. */
export interface Endpoint {
  readonly port: number;
  readonly key: { readonly id: string; readonly secret: string };
  readonly region: string;
}
