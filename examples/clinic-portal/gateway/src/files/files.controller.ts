import { createReadStream, promises as fs } from 'node:fs';
import * as path from 'node:path';
import { execFile, exec } from 'node:child_process';
import { promisify } from 'node:util';
import {
  Body, Controller, Get, NotFoundException, Param, ParseUUIDPipe, Post, Query, StreamableFile,
} from '@nestjs/common';
import { loadConfig } from '../config';

const run = promisify(execFile);
const shell = promisify(exec);
const ROOT = loadConfig().uploads.root;
const HELP_PAGES = new Set(['login', 'messages', 'appointments', 'privacy']);

@Controller('files')
export class FilesController {
  @Get('upload/:id')
  upload(@Param('id', ParseUUIDPipe) id: string): StreamableFile {
    return new StreamableFile(createReadStream(path.join(ROOT, id)));
  }

  @Get('attachment')
  async attachment(@Query('message') message: string, @Query('name') name: string) {
    const place = locate(message, name);
    return new StreamableFile(createReadStream(place), { disposition: `inline` });
  }

  @Get('export/:name')
  async exported(@Param('name') name: string) {
    const full = path.resolve(ROOT, 'exports', name);
    if (!full.startsWith(path.join(ROOT, 'exports') + path.sep)) {
      throw new NotFoundException();
    }
    return JSON.parse(await fs.readFile(full, 'utf8'));
  }

  @Get('help/:page')
  async help(@Param('page') page: string) {
    if (!HELP_PAGES.has(page)) {
      throw new NotFoundException();
    }
    return fs.readFile(path.join(__dirname, 'help', `${page}.md`), 'utf8');
  }

  @Post('convert')
  async convert(@Body() wanted: { id: string; format: string; dpi?: number }) {
    const source = path.join(ROOT, path.basename(wanted.id));
    const target = `${source}.${wanted.format === 'png' ? 'png' : 'jpg'}`;
    await run('convert', ['-density', String(Number(wanted.dpi ?? 150)), source, target]);
    return { target: path.basename(target) };
  }

  @Post('thumbnail')
  async thumbnail(@Body() wanted: { id: string; size: string }) {
    const source = path.join(ROOT, path.basename(wanted.id));
    await shell(`convert ${source} -thumbnail ${wanted.size} ${source}.thumb.png`);
    return { thumb: `${path.basename(wanted.id)}.thumb.png` };
  }

  @Get('space')
  async space() {
    const { stdout } = await shell('df -h /srv/gateway | tail -1');
    return { space: stdout.trim() };
  }
}

function locate(message: string, name: string): string {
  return path.join(ROOT, 'messages', message, name);
}
