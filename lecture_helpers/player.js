const mount = (root, svg, label) => {
  root.innerHTML = `<style>
    :host{display:block;width:fit-content;max-width:100%;background:#fff;color:#1a1a1a;color-scheme:light}
    svg{display:block;max-width:100%;height:auto}
    div{display:flex;gap:4px;padding:4px 10px 8px}
    button{font:13px sans-serif;height:28px}
    input{flex:1}
    output{position:absolute;clip-path:inset(50%)}
    @media print{div{display:none}}
    </style><div><button aria-label='first'>|◀</button><button aria-label='previous'>◀</button><button></button>
    <button aria-label='next'>▶</button><button aria-label='last'>▶|</button>
    <input type='range' min='0' value='0' aria-label='step'></div><output></output>`;
  root.insertBefore(svg, root.children[1]);
  svg.style.animation = 'none';
  svg.role = 'img';
  svg.ariaLabel = label;
  const captions = [...svg.querySelectorAll('.c text')].map(text => text.textContent);
  const slider = root.querySelector('input'), [first, previous, play, next, last] = root.querySelectorAll('button');
  let timer;
  const show = (step, keep) => {
    if (!keep || step >= slider.max) {
      timer = clearInterval(timer);
      play.textContent = 'play';
    }
    slider.value = step;
    svg.style.setProperty('--t', slider.value);
    slider.ariaValueText = root.querySelector('output').textContent = captions[slider.value];
  };
  const by = (steps, keep) => show(+slider.value + steps, keep);
  slider.max = captions.length - 1;
  slider.oninput = () => by(0);
  first.onclick = () => show(0);
  previous.onclick = () => by(-1);
  next.onclick = () => by(1);
  last.onclick = () => show(slider.max);
  play.onclick = () => {
    if (timer) return by(0);
    if (slider.value === slider.max) show(0);
    timer = setInterval(by, 1200, 1, true);
    play.textContent = 'pause';
  };
  root.addEventListener('keydown', event => {
    event.stopPropagation();
    const steps = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!steps) return;
    event.preventDefault();
    by(steps);
  });
  show(0);
};
for (const host of document.querySelectorAll('[data-lecture-player]')) {
  if (host.shadowRoot) continue;
  const image = host.querySelector('img');
  const bytes = Uint8Array.from(atob(image.src.split(',')[1]), letter => letter.charCodeAt());
  const picture = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml');
  mount(host.attachShadow({mode: 'open'}), picture.documentElement, image.alt);
}
