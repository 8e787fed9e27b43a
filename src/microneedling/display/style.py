"""How a document looks: by the reader's light or dark, on a screen of any width, and on paper."""

__all__ = ["STYLE", "WHOLE_PAGE"]

_DARK = (
    "color-scheme:dark;--mn-text:#ececf1;--mn-back:#17181c;--mn-quiet:#b9bac4;--mn-link:#8ab8ff;"
    "--mn-line:#4a4c56;--mn-band:#22242a"
)
_LIGHT = (
    "color-scheme:light;--mn-text:#1b1b1f;--mn-back:#fff;--mn-quiet:#4a4a55;--mn-link:#0b57a4;"
    "--mn-line:#c4c5ce;--mn-band:#f2f3f6"
)

# Each rule is of our own class alone, and each colour has its ground with it: a notebook that
# shows it may be of any colour. Notebooks say on an element above what theme they have.
STYLE = f"""
.mn-card{{{_LIGHT}}}
@media (prefers-color-scheme:dark){{.mn-card{{{_DARK}}}}}
[data-jp-theme-light="true"] .mn-card,body.vscode-light .mn-card{{{_LIGHT}}}
[data-jp-theme-light="false"] .mn-card,body.vscode-dark .mn-card{{{_DARK}}}
.mn-card{{color:var(--mn-text);background:var(--mn-back);font:1rem/1.5 system-ui,sans-serif;
max-width:60rem;padding:1rem;box-sizing:border-box;overflow-wrap:break-word}}
.mn-card *{{box-sizing:border-box;color:inherit;background:transparent}}
.mn-card h1,.mn-card h2,.mn-card h3,.mn-card h4,.mn-card h5,.mn-card h6{{
font-size:1.05rem;font-weight:600;line-height:1.3;margin:0}}
.mn-card>h1,.mn-card>h2{{font-size:1.35rem;margin:0 0 .4rem}}
.mn-card section{{margin:1.4rem 0 0;padding:1rem 0 0;border-top:2px solid var(--mn-line)}}
.mn-card section section{{border-top-width:1px;margin-top:.8rem;padding-top:.6rem}}
.mn-card section>h2,.mn-card section>h3{{font-size:1.15rem;margin:0 0 .4rem}}
.mn-card p{{margin:.4rem 0;color:var(--mn-quiet)}}
.mn-card dl{{margin:.8rem 0}}
.mn-card dl+dl{{margin-top:-.8rem}}
.mn-card dl>div{{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:0 1rem;
padding:.35rem 0;border-top:1px solid var(--mn-line)}}
.mn-card dt{{font-weight:600;grid-column:1;margin:0}}
.mn-card dd{{grid-column:2;margin:0 0 .2rem}}
.mn-card dd,.mn-card li,.mn-card td,.mn-card th{{unicode-bidi:isolate}}
.mn-card .mn-wide{{overflow-x:auto;margin:.8rem 0}}
.mn-card table{{border-collapse:collapse;width:100%;font-size:1rem;margin:0}}
.mn-card caption{{text-align:start;font-weight:600;padding:.2rem 0;caption-side:top}}
.mn-card th,.mn-card td{{text-align:start;vertical-align:top;padding:.35rem .7rem .35rem .4rem;
border-top:1px solid var(--mn-line)}}
.mn-card thead th{{background:var(--mn-band);border-top:0}}
.mn-card tbody th{{font-weight:600}}
.mn-card .mn-more td{{border-top:0;padding-top:0;font-size:.9rem;color:var(--mn-quiet)}}
.mn-card ul,.mn-card ol{{margin:.3rem 0;padding:0 0 0 1.6rem}}
.mn-card li{{margin:.3rem 0}}
.mn-card a{{color:var(--mn-link);text-decoration:underline}}
.mn-card details{{border-top:1px solid var(--mn-line);padding:.2rem 0}}
.mn-card summary{{cursor:pointer;padding:.4rem 0}}
.mn-card summary>*{{display:inline}}
.mn-card details details{{margin-left:1rem}}
.mn-card :target{{background:var(--mn-band);outline:2px solid var(--mn-link)}}
@media (max-width:34rem){{.mn-card dl>div{{display:block}}.mn-card{{padding:.75rem}}
.mn-card details details{{margin-left:.3rem}}
.mn-card th,.mn-card td{{padding:.3rem .4rem .3rem 0}}}}
@media print{{.mn-card,[data-jp-theme-light] .mn-card,body.vscode-dark .mn-card{{{_LIGHT};
max-width:none;padding:0;font-size:10pt}}
.mn-card details::details-content{{content-visibility:visible;display:block;block-size:auto}}
.mn-card .mn-wide{{overflow:visible}}
.mn-card summary{{list-style:none}}
.mn-card tr,.mn-card dl>div,.mn-card li{{break-inside:avoid}}
.mn-card h1,.mn-card h2,.mn-card h3,.mn-card summary{{break-after:avoid}}}}
"""

WHOLE_PAGE = """
html{color-scheme:light dark}
body{margin:0;background:#fff}
.mn-card{margin:0 auto}
@media (prefers-color-scheme:dark){body{background:#17181c}}
@media print{body{background:#fff}}
"""
