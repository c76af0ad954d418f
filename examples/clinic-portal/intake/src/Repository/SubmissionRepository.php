<?php

declare(strict_types=1);

namespace Lindenhof\Intake\Repository;

use PDO;

final class SubmissionRepository
{
    private const PAGE = 40;
    private const SORTS = ['received' => 'received_at DESC', 'name' => 'name ASC'];

    public function __construct(private readonly PDO $db)
    {
    }

    public function add(array $fields): int
    {
        $statement = $this->db->prepare(
            'INSERT INTO submission (name, born, member, complaint) VALUES (?, ?, ?, ?)'
        );
        $statement->execute([
            $fields['name'] ?? '',
            $fields['born'] ?? null,
            $fields['member'] ?? '',
            $fields['complaint'] ?? '',
        ]);
        return (int) $this->db->lastInsertId();
    }

    public function find(string $name, string $state): array
    {
        $where = "state = '" . $state . "'";
        if ($name !== '') {
            $where .= ' AND name LIKE ' . $this->db->quote($name . '%');
        }
        return $this->db->query("SELECT id, name, born FROM submission WHERE {$where}")->fetchAll();
    }

    public function page(int $page, string $sort): array
    {
        $order = self::SORTS[$sort] ?? self::SORTS['received'];
        $offset = max(0, $page - 1) * self::PAGE;
        $sql = 'SELECT id, name, born FROM submission ORDER BY ' . $order;
        return $this->db->query($sql . ' LIMIT ' . self::PAGE . ' OFFSET ' . $offset)->fetchAll();
    }

    public function setState(int $id, string $state): void
    {
        $statement = $this->db->prepare('UPDATE submission SET state = :state WHERE id = :id');
        $statement->execute(['state' => $state, 'id' => $id]);
    }

    public function forget(array $ids): int
    {
        $marks = implode(',', array_fill(0, count($ids), '?'));
        $statement = $this->db->prepare("DELETE FROM submission WHERE id IN ($marks)");
        $statement->execute(array_values($ids));
        return $statement->rowCount();
    }
}
