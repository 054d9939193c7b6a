/** How a letter looks: ink on white paper, also in a dark page, because it is a document. */
export const LETTER_CSS = `
:root{color-scheme:light}
body{margin:0;background:#fff;color:#16202a;font:16px/1.6 -apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans SC","PingFang SC","Microsoft YaHei",Arial,sans-serif}
article{max-width:44rem;margin:0 auto;padding:2.5rem 1.5rem 3rem}
header{display:flex;justify-content:space-between;gap:1rem;border-bottom:2px solid #1d4f91;padding-bottom:.75rem;margin-bottom:1.5rem}
header p{margin:0;text-align:right;color:#42505d;font-size:.875rem}
header strong{font-size:1.0625rem;color:#1d4f91}
header span{font-variant-numeric:tabular-nums;letter-spacing:.02em}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 1.25rem}
h2{font-size:1.0625rem;margin:1.75rem 0 .5rem}
p{margin:0 0 .75rem}
.stamp{border:1px solid #8a5a00;color:#6b4600;background:#fdf6e3;padding:.4rem .75rem;border-radius:4px;font-size:.875rem;margin-bottom:1.25rem}
.notice{border-left:4px solid #1d4f91;background:#eef4fb;padding:.9rem 1.1rem .3rem;margin:1.5rem 0}
.notice h2{margin:0 0 .35rem;font-size:1.125rem}
.pictures{display:grid;grid-template-columns:repeat(3,1fr);gap:.75rem}
.pictures figure,.quote{margin:0}
.pictures svg{width:100%;height:auto;display:block;border:1px solid #c5ced6;border-radius:4px}
.pictures figcaption{font-size:.8125rem;color:#42505d;margin-top:.3rem;font-variant-numeric:tabular-nums}
.legend{font-size:.8125rem;color:#42505d;margin-top:.5rem}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
th{font-weight:400;text-align:left}
th,td{padding:.4rem .5rem .4rem 0;border-bottom:1px solid #dbe1e7;vertical-align:top}
td{font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums}
td.note{font-weight:400;white-space:normal;color:#42505d;font-size:.875rem}
.quote{border-left:3px solid #b8c3cd;padding:.1rem 0 .1rem 1rem;margin:.75rem 0}
.quote figcaption{font-size:.8125rem;color:#42505d}
.quote blockquote{margin:.2rem 0 0}
.access{display:flex;gap:1.5rem;justify-content:space-between;border:1px solid #b8c3cd;border-radius:6px;padding:1rem 1.1rem}
.access svg{width:8rem;height:8rem;flex:none}
.access dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0}
.access dt{color:#42505d}
.access dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
ul{margin:.25rem 0 0;padding-left:1.2rem}
li{margin-bottom:.35rem}
footer{margin-top:2rem}
footer small{display:block;color:#54626f;font-size:.8125rem}
@media(max-width:34rem){.pictures{gap:.4rem}.access{flex-direction:column}td{white-space:normal}article{padding:1.25rem 1rem 2rem}}
@media print{article{padding:0;max-width:none}}
`;
