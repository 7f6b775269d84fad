/** Whether WebGL is computed by the processor here, or not there at all: known by the names such renderers give themselves. */
export const drawsInSoftware = (): boolean => {
  const context = document.createElement('canvas').getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  const renderer = context && names ? String(context.getParameter(names.UNMASKED_RENDERER_WEBGL)) : '';
  // A page has few contexts to give.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return !context || /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer);
};
