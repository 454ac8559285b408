/** Dark ink on white, whatever the theme of the app; tables and code wrap, since paper does not scroll. */
export const PRINT_STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #000; font: 10.5pt/1.45 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 8pt; }
h2 { font-size: 14pt; margin: 16pt 0 5pt; border-bottom: 0.5pt solid #999; padding-bottom: 2pt; }
h3 { font-size: 11.5pt; margin: 12pt 0 4pt; }
h1, h2, h3, h4 { break-after: avoid; }
p, ul, ol, pre, table, blockquote { margin: 0 0 7pt; }
li { margin: 0 0 3pt; }
ul, ol { padding-left: 18pt; }
pre, code { font-family: Consolas, 'DejaVu Sans Mono', monospace; font-size: 9pt; }
pre { border: 0.5pt solid #999; padding: 5pt; white-space: pre-wrap; break-inside: avoid; }
blockquote { border-left: 2pt solid #666; margin-left: 0; padding-left: 8pt; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.5pt solid #999; padding: 3pt 5pt; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.long { overflow-wrap: anywhere; }
th { background: #eee; }
hr { border: 0; border-top: 0.5pt solid #999; }
`;
