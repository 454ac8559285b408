interface ImportMeta {
  /** Replaced by the bundler: what stands behind `DEV` is not in a build. */
  readonly env: { readonly DEV: boolean };
}
