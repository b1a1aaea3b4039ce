// Stands in front of an emulated Ollama, which computes on the CPU, and says of its loaded models that they are in a GPU's memory.
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';

// sizes: bytes by the model's name. The rest is passed through, byte by byte.
export async function withGpuMemory(target, sizes) {
  const server = createServer((request, response) => {
    const { url, method, headers } = request;
    const upstream = send(target + url, { method, headers }, answer => {
      if (url !== '/api/ps' || answer.statusCode !== 200) {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        return;
      }
      let text = '';
      answer.setEncoding('utf8').on('data', piece => { text += piece; }).on('end', () => {
        const running = JSON.parse(text);
        for (const model of running.models) {
          model.size = model.size_vram = sizes[model.name] ?? model.size;
        }
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(running));
      });
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
