// Drawing with WebGL2: a picture of densities, lines, the points, and in space the edges of a cube around them or the sphere they lie on.

import { SYMBOL_CELL, SYMBOL_RADIUS, symbolSheet } from '../../in_browser/shared/symbols.js';
import { NO_LINES } from './geometry.js';
import { PLAIN_FRAGMENT, PLAIN_VERTEX, POINT_VERTEX, pointFragment } from './shaders.js';
import { graticule } from './sphere.js';

/** @import { Channels } from '../../in_browser/shared/colours.js' */
/** @import { Vector } from './camera.js' */
/** @import { Density, Reach } from './payload.js' */
/** @import { Theme } from './theme.js' */

/** @typedef {{ use: WebGLProgram, at: (name: string) => WebGLUniformLocation | null }} Program */
/** @typedef {{ array: WebGLVertexArrayObject, corners: WebGLBuffer }} Shape */

/** @typedef {{ colour: Channels, opacity: number, reach?: Reach, eye?: Vector | null, shaded?: boolean }} PlainLook of lines and shades */

/**
 * @typedef {object} Scene
 * @property {Float32Array} matrix
 * @property {Vector | null} eye from where a globe is looked at; null for any other map
 * @property {number} size of a point, in pixels of the page
 * @property {number} ratio pixels of the canvas for one of the page
 * @property {Theme} theme
 * @property {number} fade from 0 to 1: how grey the points behind are
 * @property {number} most of them are drawn
 */

const ANYWHERE = [0, 0, 0, 0];
const GRATICULE = graticule();
export const SMALL = 5; // pixels
const SQUARE = new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]);
const CUBE = new Float32Array(
  [0, 1, 2].flatMap(axis =>
    [[-1, -1], [-1, 1], [1, -1], [1, 1]].flatMap(corner => [-1, 1].flatMap(end => [...corner.slice(0, axis), end, ...corner.slice(axis)])),
  ),
);

export class Renderer {
  /**
   * Throws where there is no WebGL2.
   *
   * @param {HTMLCanvasElement} canvas
   */
  constructor(canvas) {
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: true, premultipliedAlpha: true });
    if (!gl) throw new Error('This browser draws without WebGL2.');
    this.gl = gl;
    this.canvas = canvas;
    /** @type {2 | 3} */
    this.dimensions = 2;
    /** @type {Reach} */
    this.reach = [1, 1, 1]; // of the box around the points
    this.made = madeWith(gl);
    this.setDensity(null);
    this.lined = 0; // ends of lines
    this.counts = [0, 0]; // points behind and in front
  }

  /** Makes everything again after the graphics were lost. */
  build() {
    this.made = madeWith(this.gl);
    this.setDensity(null);
    this.lined = 0;
    this.counts = [0, 0];
  }

  /**
   * @param {Float32Array} points
   * @param {2 | 3} dimensions
   * @param {Reach} reach of the box around them
   */
  setPoints(points, dimensions, reach) {
    const { gl } = this;
    this.reach = reach;
    this.dimensions = dimensions;
    gl.bindVertexArray(this.made.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.made.places);
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, dimensions, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }

  /** @param {Float32Array} ends x, y and z of where each line begins and of where it ends */
  setLines(ends) {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.made.lines.corners);
    gl.bufferData(gl.ARRAY_BUFFER, ends, gl.DYNAMIC_DRAW);
    this.lined = ends.length / 3;
  }

  /** @param {Uint8Array} looks of the points; see `looksOf` */
  setLooks(looks) {
    const { gl } = this;
    gl.bindVertexArray(this.made.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.made.looks);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 4, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindVertexArray(null);
  }

  /**
   * What is drawn: those behind first and faded if anything lies in front, then those in front.
   *
   * @param {Uint32Array} behind
   * @param {Uint32Array} front
   */
  setOrder(behind, front) {
    const { gl } = this;
    const joined = new Uint32Array(behind.length + front.length);
    joined.set(behind);
    joined.set(front, behind.length);
    gl.bindVertexArray(this.made.array);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.made.order);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, joined, gl.DYNAMIC_DRAW);
    gl.bindVertexArray(null);
    this.counts = [behind.length, front.length];
  }

  /** @param {Density | null} density */
  setDensity(density) {
    const { gl } = this;
    this.dense = density !== null;
    const side = density?.cells ?? 1;
    gl.bindTexture(gl.TEXTURE_2D, this.made.shades);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const values = density?.values ?? new Uint8Array(1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, side, side, 0, gl.RED, gl.UNSIGNED_BYTE, values);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  /** @param {Scene} scene */
  draw({ matrix, eye, size, ratio, theme, fade, most }) {
    const { gl } = this;
    const solid = this.dimensions === 3;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    /**
     * @param {Shape} shape
     * @param {number} count
     * @param {PlainLook} look
     */
    const plain = (shape, count, look) => this.drawPlain(shape.array, count, matrix, look);
    const { grey, ink } = theme;
    if (this.dense && !solid) plain(this.made.square, 4, { colour: grey, opacity: 0.75, shaded: true });
    if (eye) plain(this.made.graticule, GRATICULE.length / 3, { colour: grey, opacity: 0.5, eye });
    else if (solid) plain(this.made.cube, 24, { colour: grey, opacity: 0.45, reach: this.reach });
    if (this.lined) plain(this.made.lines, this.lined, { colour: ink, opacity: 0.5 });

    if (solid) gl.enable(gl.DEPTH_TEST);
    const small = size < SMALL;
    const { use, at } = small ? this.made.dots : this.made.markers;
    const pixels = ratio * (small ? 1.1 : SYMBOL_CELL / (2 * SYMBOL_RADIUS)); // a marker does not fill its cell
    gl.useProgram(use);
    gl.uniformMatrix4fv(at('matrix'), false, matrix);
    gl.uniform1i(at('solid'), Number(solid));
    gl.uniform4fv(at('eye'), eye ? [...eye, 1] : ANYWHERE);
    gl.uniform1i(at('sheet'), 0);
    for (const name of /** @type {const} */ (['paper', 'edge', 'ink', 'grey'])) gl.uniform3fv(at(name), theme[name]);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.made.sheet);
    gl.bindVertexArray(this.made.array);
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

  /**
   * @param {WebGLVertexArrayObject} array
   * @param {number} count
   * @param {Float32Array} matrix
   * @param {PlainLook} look
   */
  drawPlain(array, count, matrix, { colour, opacity, reach = [1, 1, 1], eye = null, shaded = false }) {
    const { gl } = this;
    const { use, at } = this.made.plain;
    gl.useProgram(use);
    gl.uniformMatrix4fv(at('matrix'), false, matrix);
    gl.uniform3fv(at('ink'), colour);
    gl.uniform1f(at('opacity'), opacity);
    gl.uniform1i(at('shaded'), Number(shaded));
    gl.uniform3fv(at('reach'), reach);
    gl.uniform4fv(at('eye'), eye ? [...eye, 1] : ANYWHERE);
    gl.uniform1i(at('shades'), 0);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.made.shades);
    gl.bindVertexArray(array);
    gl.drawArrays(shaded ? gl.TRIANGLE_STRIP : gl.LINES, 0, count);
    gl.bindVertexArray(null);
  }

  /** Frees the graphics now: a browser allows only some sixteen contexts at once. */
  end() {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

/**
 * @param {WebGL2RenderingContext} gl
 * @param {string} vertex
 * @param {string} fragment
 * @returns {Program}
 */
function program(gl, vertex, fragment) {
  const use = gl.createProgram();
  for (const { type, source } of [{ type: gl.VERTEX_SHADER, source: vertex }, { type: gl.FRAGMENT_SHADER, source: fragment }]) {
    const shader = gl.createShader(type);
    if (!shader) break; // the graphics are lost
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(use, shader);
  }
  gl.linkProgram(use);
  if (!gl.getProgramParameter(use, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shaders do not fit this computer: ${gl.getProgramInfoLog(use)}`);
  }
  /** @type {Map<string, WebGLUniformLocation | null>} */
  const places = new Map();
  /** @param {string} name */
  const at = name => {
    const place = places.get(name) ?? gl.getUniformLocation(use, name);
    places.set(name, place);
    return place;
  };
  return { use, at };
}

/**
 * @param {WebGL2RenderingContext} gl
 * @param {Float32Array} places
 * @returns {Shape}
 */
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

/** @param {WebGL2RenderingContext} gl */
function madeWith(gl) {
  return {
    markers: program(gl, POINT_VERTEX, pointFragment(false)),
    dots: program(gl, POINT_VERTEX, pointFragment(true)),
    plain: program(gl, PLAIN_VERTEX, PLAIN_FRAGMENT),
    places: gl.createBuffer(),
    looks: gl.createBuffer(),
    order: gl.createBuffer(),
    array: gl.createVertexArray(),
    square: shape(gl, SQUARE),
    cube: shape(gl, CUBE),
    graticule: shape(gl, GRATICULE),
    lines: shape(gl, NO_LINES),
    sheet: markerSheet(gl),
    shades: gl.createTexture(),
  };
}

/** @param {WebGL2RenderingContext} gl */
function markerSheet(gl) {
  const sheet = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, sheet);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, symbolSheet());
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAX_LEVEL, 4); // smaller, neighbouring markers would mix
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  return sheet;
}
