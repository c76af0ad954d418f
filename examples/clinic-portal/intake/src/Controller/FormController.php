<?php

declare(strict_types=1);

namespace Lindenhof\Intake\Controller;

use Lindenhof\Intake\Repository\SubmissionRepository;
use Lindenhof\Intake\Service\Insurance;
use Lindenhof\Intake\Service\Uploads;

/**
 * The forms that patients fill in before their first visit.
 */
final class FormController
{
    private const STEPS = ['person', 'insurance', 'history', 'consent'];

    public function __construct(
        private readonly SubmissionRepository $submissions,
        private readonly Uploads $uploads,
        private readonly Insurance $insurance,
    ) {
    }

    public function show(array $query): void
    {
        $step = in_array($query['step'] ?? '', self::STEPS, true) ? $query['step'] : 'person';
        $values = $this->restore($_COOKIE['intake_draft'] ?? '');
        header('Content-Type: text/html; charset=utf-8');
        include __DIR__ . '/../../templates/' . $step . '.phtml';
    }

    public function store(array $post, array $files): void
    {
        $id = $this->submissions->add($post);
        foreach ($files as $file) {
            $this->uploads->keep($id, $file);
        }
        setcookie('intake_draft', '', time() - 3600);
        $this->json(['id' => $id, 'covered' => $this->insurance->covered($post['member'] ?? '')]);
    }

    public function draft(array $post): void
    {
        $fields = array_intersect_key($post, array_flip(['name', 'born', 'member', 'complaint']));
        setcookie('intake_draft', base64_encode(serialize($fields)), time() + 7 * 86400);
        $this->json(['kept' => count($fields)]);
    }

    public function preview(array $post): void
    {
        $title = htmlspecialchars($post['title'] ?? 'Preview', ENT_QUOTES);
        header('Content-Type: text/html; charset=utf-8');
        echo "<h2>{$title}</h2>";
        foreach ($post['answers'] ?? [] as $question => $answer) {
            printf('<dt>%s</dt>', htmlspecialchars((string) $question, ENT_QUOTES));
            echo '<dd>' . nl2br($answer) . '</dd>';
        }
    }

    public function help(array $query): void
    {
        $topic = $query['topic'] ?? 'start';
        include __DIR__ . '/../../help/' . $topic . '.php';
    }

    public function scan(array $query): void
    {
        header('Content-Type: image/jpeg');
        header('X-Content-Type-Options: nosniff');
        echo $this->uploads->readScan($query['day'] ?? date('Y-m-d'), $query['name'] ?? '');
    }

    public function find(array $query): void
    {
        $this->json($this->submissions->find($query['name'] ?? '', $query['state'] ?? 'new'));
    }

    public function page(array $query): void
    {
        $page = (int) ($query['page'] ?? 1);
        $this->json($this->submissions->page($page, $query['sort'] ?? 'received'));
    }

    private function restore(string $cookie): array
    {
        if ($cookie === '') {
            return [];
        }
        $values = unserialize(base64_decode($cookie));
        return is_array($values) ? $values : [];
    }

    private function json(array $body): void
    {
        header('Content-Type: application/json');
        echo json_encode($body, JSON_THROW_ON_ERROR);
    }
}
