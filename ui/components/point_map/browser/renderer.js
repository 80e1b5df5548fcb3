// Drawing with WebGL2: a picture of densities, lines, the points, and in space the edges of a cube around them.

const POINT_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
layout(location = 1) in uvec4 look;  // red, green, blue; marker, with 128 added for a strong edge
uniform mat4 matrix;
uniform float size;
uniform bool solid;
flat out vec3 colour;
flat out uint marker;
flat out float outlined;
void main() {
  gl_Position = matrix * vec4(place, 1.0);
  gl_PointSize = solid ? size / gl_Position.w : size;
  colour = vec3(look.rgb) / 255.0;
  marker = look.a & 127u;
  outlined = look.a >= 128u ? 1.0 : 0.0;
}`;

// Small points are plain dots: their markers could not be told apart, and looking them up takes most of the time.
const pointFragment = dots => `#version 300 es
precision mediump float;
flat in vec3 colour;
flat in uint marker;
flat in float outlined;
uniform sampler2D sheet;
uniform vec3 paper, ink, grey;
uniform float opacity, faded;
uniform bool solid;
out vec4 result;
void main() {
  ${
    dots
      ? `vec2 drawn = vec2(clamp((0.5 - distance(gl_PointCoord, vec2(0.5))) * 4.0, 0.0, 1.0), 0.0);`
      : `vec2 cell = vec2(marker & 3u, marker >> 2u);
         vec2 drawn = texture(sheet, (cell + gl_PointCoord) / 4.0).rg;`
  }
  float cover = min(1.0, drawn.r + drawn.g);
  if (cover < (solid ? 0.4 : 0.02)) discard;
  vec3 inside = mix(colour, grey, 0.8 * faded);
  vec3 edge = mix(paper, ink, outlined * (1.0 - 0.7 * faded));
  vec3 shade = (inside * drawn.r + edge * drawn.g) / max(drawn.r + drawn.g, 0.01);
  float alpha = (solid ? 1.0 : cover) * opacity;
  result = vec4(shade * alpha, alpha);
}`;

const PLAIN_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
uniform mat4 matrix;
uniform vec3 reach;
out vec2 at;
void main() {
  at = place.xy * 0.5 + 0.5;
  gl_Position = matrix * vec4(place * reach, 1.0);
}`;

const PLAIN_FRAGMENT = `#version 300 es
precision mediump float;
in vec2 at;
uniform sampler2D shades;
uniform bool shaded;
uniform vec3 ink;
uniform float opacity;
out vec4 result;
void main() {
  float alpha = opacity * (shaded ? texture(shades, at).r : 1.0);
  result = vec4(ink * alpha, alpha);
}`;

const SMALL = 5; // pixels
const SQUARE = new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]);
const CUBE = new Float32Array(
  [0, 1, 2].flatMap(axis =>
    [[-1, -1], [-1, 1], [1, -1], [1, 1]].flatMap(([a, b]) =>
      [-1, 1].flatMap(end => {
        const corner = [a, b];
        corner.splice(axis, 0, end);
        return corner;
      }),
    ),
  ),
);

class Renderer {
  // Throws where there is no WebGL2.
  constructor(canvas) {
    const wanted = { alpha: true, antialias: false, depth: true, premultipliedAlpha: true };
    this.gl = canvas.getContext('webgl2', wanted);
    if (!this.gl) throw new Error('This browser draws without WebGL2.');
    this.canvas = canvas;
    this.build();
  }

  // Make everything again, at first and after the graphics were lost.
  build() {
    const gl = this.gl;
    this.markers = program(gl, POINT_VERTEX, pointFragment(false));
    this.dots = program(gl, POINT_VERTEX, pointFragment(true));
    this.plain = program(gl, PLAIN_VERTEX, PLAIN_FRAGMENT);
    this.places = gl.createBuffer();
    this.looks = gl.createBuffer();
    this.order = gl.createBuffer();
    this.array = gl.createVertexArray();
    this.square = shape(gl, SQUARE);
    this.cube = shape(gl, CUBE);
    this.lines = shape(gl, NO_LINES);
    this.lined = 0;
    this.sheet = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.sheet);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, symbolSheet());
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAX_LEVEL, 4); // smaller, neighbouring markers would mix
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    this.shades = gl.createTexture();
    this.setDensity(null);
    this.counts = [0, 0];
  }

  setPoints(points, dimensions, reach) {
    const gl = this.gl;
    this.reach = reach; // of the box around them
    this.dimensions = dimensions;
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, dimensions, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }

  // `ends` are x, y and z of where each line begins and of where it ends.
  setLines(ends) {
    const gl = this.gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.lines.corners);
    gl.bufferData(gl.ARRAY_BUFFER, ends, gl.DYNAMIC_DRAW);
    this.lined = ends.length / 3;
  }

  setLooks(looks) {
    const gl = this.gl;
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.looks);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 4, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindVertexArray(null);
  }

  // What is drawn: `behind` first and faded if anything lies in front, then `front`.
  setOrder(behind, front) {
    const gl = this.gl;
    const joined = new Uint32Array(behind.length + front.length);
    joined.set(behind);
    joined.set(front, behind.length);
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.order);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, joined, gl.DYNAMIC_DRAW);
    gl.bindVertexArray(null);
    this.counts = [behind.length, front.length];
  }

  setDensity(density) {
    const gl = this.gl;
    this.dense = density !== null;
    const side = density?.cells ?? 1;
    gl.bindTexture(gl.TEXTURE_2D, this.shades);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const values = density?.values ?? new Uint8Array(1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, side, side, 0, gl.RED, gl.UNSIGNED_BYTE, values);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  // `size` is in pixels of the page; of the points behind at most `most` are drawn; `fade` from 0 to 1 tells how grey
  // they are; `theme` has paper, ink and grey as numbers from 0 to 1.
  draw({ matrix, size, ratio, theme, fade, most }) {
    const gl = this.gl;
    const solid = this.dimensions === 3;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    const plain = (shape, count, look) => this.drawPlain(shape.array, count, matrix, look);
    const { grey, ink } = theme;
    if (this.dense && !solid) plain(this.square, 4, { colour: grey, opacity: 0.75, shaded: true });
    if (solid) plain(this.cube, 24, { colour: grey, opacity: 0.45, reach: this.reach });
    if (this.lined) plain(this.lines, this.lined, { colour: ink, opacity: 0.5 });

    if (solid) gl.enable(gl.DEPTH_TEST);
    const small = size < SMALL;
    const { use, at } = small ? this.dots : this.markers;
    const pixels = ratio * (small ? 1.1 : SYMBOL_CELL / (2 * SYMBOL_RADIUS)); // a marker does not fill its cell
    gl.useProgram(use);
    gl.uniformMatrix4fv(at('matrix'), false, matrix);
    gl.uniform1i(at('solid'), solid);
    gl.uniform1i(at('sheet'), 0);
    for (const name of ['paper', 'ink', 'grey']) gl.uniform3fv(at(name), theme[name]);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.sheet);
    gl.bindVertexArray(this.array);
    const [behind, front] = this.counts;
    const dense = behind + front > 30_000;
    gl.uniform1f(at('size'), size * pixels);
    gl.uniform1f(at('faded'), fade);
    gl.uniform1f(at('opacity'), solid ? 1 : (0.92 - 0.52 * fade) * (dense ? 0.75 : 1));
    if (behind) gl.drawElements(gl.POINTS, Math.min(behind, most), gl.UNSIGNED_INT, 0);
    if (front) {
      gl.clear(gl.DEPTH_BUFFER_BIT); // what is chosen is seen through the rest
      gl.uniform1f(at('size'), (size + 1) * pixels);
      gl.uniform1f(at('faded'), 0);
      gl.uniform1f(at('opacity'), 1);
      gl.drawElements(gl.POINTS, front, gl.UNSIGNED_INT, 4 * behind);
    }
    gl.bindVertexArray(null);
  }

  drawPlain(array, count, matrix, { colour, opacity, reach = [1, 1, 1], shaded = false }) {
    const gl = this.gl;
    const { use, at } = this.plain;
    gl.useProgram(use);
    gl.uniformMatrix4fv(at('matrix'), false, matrix);
    gl.uniform3fv(at('ink'), colour);
    gl.uniform1f(at('opacity'), opacity);
    gl.uniform1i(at('shaded'), shaded);
    gl.uniform3fv(at('reach'), reach);
    gl.uniform1i(at('shades'), 0);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.shades);
    gl.bindVertexArray(array);
    gl.drawArrays(shaded ? gl.TRIANGLE_STRIP : gl.LINES, 0, count);
    gl.bindVertexArray(null);
  }

  // Free the graphics now: a browser allows only some sixteen contexts at once.
  end() {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

function program(gl, vertex, fragment) {
  const use = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(use, shader);
  }
  gl.linkProgram(use);
  if (!gl.getProgramParameter(use, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shaders do not fit this computer: ${gl.getProgramInfoLog(use)}`);
  }
  const places = new Map();
  const at = name => {
    if (!places.has(name)) places.set(name, gl.getUniformLocation(use, name));
    return places.get(name);
  };
  return { use, at };
}

function shape(gl, places) {
  const array = gl.createVertexArray();
  const corners = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(gl.ARRAY_BUFFER, places, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
  gl.bindVertexArray(null);
  return { array, corners };
}
