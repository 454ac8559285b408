import type { ComponentProps, ReactElement } from 'react';

// The parts of a grid whose rows a virtualiser positions, which table elements do not allow. The focus is on
// rows and on what is inside cells, never on the cell itself.

export const GridRow = (props: ComponentProps<'div'>): ReactElement => (
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: see above
  <div role="row" {...props} />
);

export const GridCell = (props: ComponentProps<'div'>): ReactElement => (
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: see above
  <div role="gridcell" {...props} />
);

export const GridColumnHeader = (props: ComponentProps<'div'>): ReactElement => (
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: see above
  <div role="columnheader" {...props} />
);

interface GridProps extends ComponentProps<'div'> {
  /** With rows that open and close others. */
  readonly tree: boolean;
}

export const Grid = ({ tree, ...props }: GridProps): ReactElement =>
  tree ? (
    <div role="treegrid" {...props} />
  ) : (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div role="grid" {...props} />
  );
