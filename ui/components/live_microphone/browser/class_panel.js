// A row per emotion: its probability, and the angle to its direction beside the range of its own speech.

const WIDEST = 180; // degrees, at the right end of every row, so that needles can be compared

class ClassPanel {
  constructor(place) {
    this.place = place;
  }

  set(model) {
    this.model = model;
    this.rows = model.classes.map(one => {
      const row = document.createElement('li');
      row.style.setProperty('--colour', one.colour);
      row.style.setProperty('--range', one.range / WIDEST);
      const name = textual('span', 'name', one.name);
      name.prepend(symbolPicture(one.symbol, one.colour));
      const chance = textual('span', 'chance', '');
      const track = textual('span', 'track', '');
      track.title = `90 % of known ${one.name} speech lies within ${one.range.toFixed(0)}° (the band)`;
      const needle = textual('span', 'needle', '');
      needle.append(symbolPicture(one.symbol, one.colour));
      track.append(textual('span', 'band', ''), needle);
      const angle = textual('span', 'angle', '');
      row.append(name, chance, track, angle);
      return { row, chance, angle };
    });
    this.place.replaceChildren(...this.rows.map(({ row }) => row));
    this.show(null);
  }

  show(prediction) {
    if (prediction === this.shown) return;
    this.shown = prediction;
    this.rows.forEach(({ row, chance, angle }, i) => {
      const isJudged = Boolean(prediction?.angles);
      row.classList.toggle('unknown', !isJudged);
      if (!isJudged) {
        chance.textContent = angle.textContent = '–';
        return;
      }
      row.classList.toggle('inside', prediction.angles[i] <= this.model.classes[i].range);
      row.style.setProperty('--share', prediction.probabilities[i]);
      row.style.setProperty('--at', prediction.angles[i] / WIDEST);
      chance.textContent = `${Math.round(100 * prediction.probabilities[i])} %`;
      angle.textContent = `${Math.round(prediction.angles[i])}°`;
    });
  }
}

// The verdict, and what the angle to the nearest emotion means.
function verdictOf(prediction, model) {
  if (!prediction?.angles) return { verdict: '', sentence: '' };
  const { verdict, angles } = prediction;
  const nearest = angles.indexOf(Math.min(...angles));
  const chosen = model.classes.findIndex(one => one.name === verdict);
  const about = i => {
    const { name, range } = model.classes[i];
    return `${Math.round(angles[i])}° from ${name}; 90 % of ${name} speech lies within ${Math.round(range)}°.`;
  };
  if (chosen < 0) {
    const outside = 'Outside the range of every emotion of this model.';
    return { verdict, sentence: `${about(nearest)} ${outside} ${model.classes[nearest].worth}` };
  }
  const outside = angles[chosen] > model.classes[chosen].range ? ' That is outside its own range: uncertain.' : '';
  return { verdict, sentence: about(chosen) + outside };
}

function textual(kind, name, text) {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
}
