/// The style of report pages: one column that a phone, a projector and paper all show; light and dark.
///
/// The four colours differ in lightness as well as in hue (Okabe and Ito's palette), so that they stay apart for people
/// who do not tell the hues apart, and on grey paper.
enum PageStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --panel: #f4f6f8; --ink: #16202b; --soft: #51606f; --line: #d5dce3; --accent: #0b5394;
          --s1: #0072b2; --s2: #e69f00; --s3: #009e73; --s4: #b8436d;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #12181f; --panel: #1b242e; --ink: #e8edf2; --soft: #a9b6c3; --line: #34414e; --accent: #7db8ee;
            --s1: #56a8e0; --s2: #f0b840; --s3: #35c79b; --s4: #e88fb2;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        }
        main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        header { border-bottom: 3px solid var(--accent); padding-bottom: 1rem; margin-bottom: 1.5rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .35rem; }
        h2 { font-size: 1.3rem; margin: 2.75rem 0 .35rem; }
        p { max-width: 68ch; margin: .35rem 0; }
        .soft, .note { color: var(--soft); }
        .note { font-size: .9rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: .9rem; margin: 1.5rem 0; padding: 0; }
        .card { background: var(--panel); border-radius: .5rem; padding: .9rem 1.1rem; }
        .card dt { color: var(--soft); font-size: .9rem; }
        .card dd { margin: 0; }
        .card .figure { font-size: 1.4rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
        .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.75rem; align-items: start; }
        @media (max-width: 72rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
        figure { margin: .75rem 0 0; }
        svg { width: 100%; height: auto; display: block; }
        svg text { font-size: 11.5px; fill: var(--ink); }
        svg .name { text-anchor: end; dominant-baseline: middle; }
        svg .value { fill: var(--soft); font-size: 10.5px; }
        .s1 { fill: var(--s1); background: var(--s1); }
        .s2 { fill: var(--s2); background: var(--s2); }
        .s3 { fill: var(--s3); background: var(--s3); }
        .s4 { fill: var(--s4); background: var(--s4); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0 0 .5rem; padding: 0; font-size: .9rem; }
        .key { display: inline-block; width: .85em; height: .85em; margin-right: .45em; border-radius: 2px; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding-bottom: .35rem; }
        th, td { padding: .28rem .45rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
        thead th { vertical-align: bottom; white-space: normal; border-bottom: 2px solid var(--ink); }
        th[scope=row], thead th:first-child { text-align: left; font-weight: 500; }
        tfoot th, tfoot td { font-weight: 700; border-top: 2px solid var(--ink); border-bottom: 0; }
        footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; }
        @media print { .pair { break-inside: avoid; } body { font-size: 11pt; } .scroll { overflow: visible; } }

        """
}
