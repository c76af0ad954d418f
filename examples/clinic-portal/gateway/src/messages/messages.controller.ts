import {
  Body, Controller, Get, Header, Param, ParseIntPipe, Patch, Query, Req,
} from '@nestjs/common';
import { escape } from 'html-escaper';
import { MessagesRepository } from './messages.repository';

type Authenticated = { subject: number; displayName: string };

@Controller('messages')
export class MessagesController {
  constructor(private readonly messages: MessagesRepository) {}

  @Get()
  list(@Req() req: Authenticated, @Query('folder') folder = 'inbox', @Query('sort') sort?: string) {
    return this.messages.list(req.subject, { folder, sort, limit: 100 });
  }

  @Get('search')
  search(
    @Req() req: Authenticated,
    @Query('q') text: string,
    @Query('folder') folder = 'all',
  ) {
    return this.messages.search(req.subject, { folder, text, limit: 100 });
  }

  @Patch(':id/labels')
  async label(
    @Req() req: Authenticated,
    @Param('id', ParseIntPipe) id: number,
    @Body('label') label: string,
  ) {
    await this.messages.tag(req.subject, id, label);
    return { id, label };
  }

  @Get('print')
  @Header('content-type', 'text/html; charset=utf-8')
  async print(@Req() req: Authenticated, @Query('title') title = 'Messages') {
    const rows = await this.messages.list(req.subject, { folder: 'inbox', limit: 500 });
    const items = rows.map((row) => `<li><b>${escape(row.subject)}</b> ${escape(row.sender)}</li>`);
    return `<!doctype html><title>${title}</title><ol>${items.join('')}</ol>`;
  }

  @Get('signature')
  @Header('content-type', 'text/html; charset=utf-8')
  signature(@Req() req: Authenticated) {
    return `<p class="signature">${escape(req.displayName)}<br>Lindenhof Clinics</p>`;
  }
}
