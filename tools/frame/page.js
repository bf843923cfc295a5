// What a page does by itself: players follow light and dark, wide blocks can be scrolled by keys, the contents say where one is.
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => { document.body.dataset.jpThemeLight = !dark.matches; };
dark.addEventListener('change', paint);
paint();

const wide = new ResizeObserver(entries => {
  for (const {target} of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});
for (const block of document.querySelectorAll('pre, .table, .formula')) wide.observe(block);

const contents = document.querySelector('.contents');
if (contents) {
  contents.firstElementChild.open = matchMedia('(min-width: 70rem)').matches;
  const links = new Map([...contents.querySelectorAll('a')].map(link => [document.getElementById(link.hash.slice(1)), link]));
  const mark = () => {
    let current;
    for (const [heading, link] of links) {
      link.removeAttribute('aria-current');
      if (heading.getBoundingClientRect().top < innerHeight / 3) current = link;
    }
    current?.setAttribute('aria-current', 'true');
  };
  addEventListener('scroll', mark, {passive: true});
  mark();
}
