// Whether the picture is of the present setting of its controls; if not, for how long, and whether Python can still answer.
const PATIENCE = 500, GIVEN_UP = 5000;  // ms
const WAITING = 'Waiting for Python; this is the setting before', GONE = 'Python is not running: run the cell again';
const watch = async (model, el) => {
  if (!model.get('live')) return () => {};
  const told = el.appendChild(document.createElement('p')), manager = model.widget_manager;
  told.role = 'status';
  told.style.cssText = 'position:absolute;top:4px;right:4px;margin:0;padding:2px 8px;background:#222;color:#fff;z-index:1';
  told.hidden = true;
  el.style.position = 'relative';
  const controls = await Promise.all(model.get('controls').map(id => manager.get_model(id.replace('IPY_MODEL_', ''))));
  const present = control => control.get('index') ?? control.get('value');
  const old = () => controls.some((control, k) => present(control) !== model.get('setting')[k]);
  let since = 0, clock = 0;
  const look = () => {
    const waited = Date.now() - since, cut = controls.some(control => control.comm_live === false);
    const gone = cut || waited >= GIVEN_UP && manager.kernel?.status !== 'busy';
    const text = !clock || waited < PATIENCE ? '' : gone ? GONE : WAITING;
    if (told.textContent === text) return;
    told.textContent = text;
    told.hidden = !text;
    for (const other of el.children) if (other !== told) other.style.opacity = text ? .4 : '';
  };
  const asked = () => {
    if (old() && !clock) {
      since = Date.now();
      clock = setInterval(look, 100);
    } else if (!old()) clock = clearInterval(clock);
    look();
  };
  const answered = () => {
    since = Date.now();  // one answer of several: it works
    asked();
  };
  for (const control of controls) control.on('change:value change:index', asked);
  model.on('change:setting', answered);
  return () => {
    clearInterval(clock);
    for (const control of controls) control.off('change:value change:index', asked);
  };
};
