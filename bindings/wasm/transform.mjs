/** Returns the factory of web streams over the class `RedactionStream`. */
export function transformer(RedactionStream) {
  return (options = {}) => {
    const stream = new RedactionStream(options);
    const enqueue = (controller, bytes) => {
      if (bytes.length > 0) controller.enqueue(bytes);
    };
    const transform = new TransformStream({
      transform: (chunk, controller) => enqueue(controller, stream.push(chunk)),
      flush: (controller) => enqueue(controller, stream.finish().rest),
    });
    return Object.defineProperty(transform, 'summary', { get: () => stream.summary });
  };
}
