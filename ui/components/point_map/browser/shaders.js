// The shaders of the map: points with their markers, and plain lines and shades.

export const POINT_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
layout(location = 1) in uvec4 look;  // red, green, blue; marker, with 128 added for a strong edge and 64 for a small point
uniform mat4 matrix;
uniform float size;
uniform bool solid;
uniform vec4 eye;  // of a globe, with 1 behind it; 0 elsewhere
flat out vec3 colour;
flat out uint marker;
flat out float outlined;
flat out float hidden;
void main() {
  gl_Position = matrix * vec4(place, 1.0);
  gl_PointSize = (solid ? size / gl_Position.w : size) * ((look.a & 64u) > 0u ? 0.6 : 1.0);
  colour = vec3(look.rgb) / 255.0;
  marker = look.a & 63u;
  outlined = look.a >= 128u ? 1.0 : 0.0;
  hidden = dot(place, eye.xyz) < eye.w ? 1.0 : 0.0;  // beyond the rim of the sphere
}`;

/**
 * Small points are plain dots: their markers could not be told apart, and looking them up takes most of the time.
 *
 * @param {boolean} dots
 */
export const pointFragment = dots => `#version 300 es
precision mediump float;
flat in vec3 colour;
flat in uint marker;
flat in float outlined;
flat in float hidden;
uniform sampler2D sheet;
uniform vec3 paper, edge, ink, grey;
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
  vec3 around = mix(edge, ink, outlined * (1.0 - 0.7 * faded));
  vec3 shade = (inside * drawn.r + around * drawn.g) / max(drawn.r + drawn.g, 0.01);
  shade = mix(shade, paper, 0.65 * hidden);
  float alpha = (solid ? 1.0 : cover) * opacity;
  result = vec4(shade * alpha, alpha);
}`;

export const PLAIN_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
uniform mat4 matrix;
uniform vec3 reach;
uniform vec4 eye;
out vec2 at;
out float hidden;
void main() {
  at = place.xy * 0.5 + 0.5;
  hidden = dot(place, eye.xyz) < eye.w ? 1.0 : 0.0;
  gl_Position = matrix * vec4(place * reach, 1.0);
}`;

export const PLAIN_FRAGMENT = `#version 300 es
precision mediump float;
in vec2 at;
in float hidden;
uniform sampler2D shades;
uniform bool shaded;
uniform vec3 ink;
uniform float opacity;
out vec4 result;
void main() {
  float alpha = opacity * (shaded ? texture(shades, at).r : 1.0) * (1.0 - 0.6 * hidden);
  result = vec4(ink * alpha, alpha);
}`;
