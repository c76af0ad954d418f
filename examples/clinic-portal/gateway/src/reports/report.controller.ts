import { Body, Controller, Post } from '@nestjs/common';
import { ReportService } from './report.service';

@Controller('reports')
export class ReportController {
  constructor(private readonly reports: ReportService) {}

  @Post('preview')
  preview(@Body() body: { definition: string; rows: Record<string, string | number>[] }) {
    const definition = this.reports.parse(body.definition);
    return { title: definition.title, rows: this.reports.run(definition, body.rows) };
  }
}
